const lines = [1, 2, 3];

export function QueueSkeleton() {
  return (
    <div class="queue-skeleton" aria-hidden="true">
      {lines.map((line) => (
        <span key={line} class="skeleton" />
      ))}
    </div>
  );
}
