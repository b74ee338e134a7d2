export function PaneSkeleton() {
  return (
    <section class="pane" aria-hidden="true">
      <div class="pane-skeleton">
        <span class="skeleton skeleton--half" />
        <span class="skeleton" />
        <span class="skeleton skeleton--half" />
      </div>
    </section>
  );
}
