const lines = [1, 2, 3, 4];

export function ListSkeleton() {
  return (
    <div class="lists" aria-hidden="true">
      {lines.map((line) => (
        <div key={line} class="lists-skeleton">
          <span class="skeleton skeleton--half" />
          <span class="skeleton" />
        </div>
      ))}
    </div>
  );
}
