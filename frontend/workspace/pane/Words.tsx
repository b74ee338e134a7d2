const ADDRESS = /(https?:\/\/[^\s<>"'）】」』，。；！？]+)/g;
// What ends a sentence does not belong to the address in it.
const TAIL = /[.,;:!?)\]]+$/;

/** A text as it was written, its web addresses as links. */
export function Words({ text }: { text: string }) {
  return (
    <>{text.split(ADDRESS).map((part, at) => (at % 2 ? <Address key={at} of={part} /> : part))}</>
  );
}

function Address({ of: part }: { of: string }) {
  const address = part.replace(TAIL, "");
  return (
    <>
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>
      {part.slice(address.length)}
    </>
  );
}
