import type { JSX } from "preact";

interface Props {
  id: string;
  label: string;
  help?: string;
  trouble: string;
  children: (more: Described) => JSX.Element;
}

interface Described {
  id: string;
  "aria-describedby": string;
  "aria-invalid": boolean;
}

/** A label above, help and trouble below. */
export function Field({ id, label, help, trouble, children }: Props) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": `${id}-help ${id}-trouble`,
        "aria-invalid": !!trouble,
      })}
      {help && (
        <p class="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <p class="trouble" id={`${id}-trouble`} hidden={!trouble}>
        {trouble}
      </p>
    </div>
  );
}
