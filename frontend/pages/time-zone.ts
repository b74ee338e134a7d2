/** Lists marked data-time-zone begin with the browser's own zone, where the server knows it. */
export function startTimeZone(page: Document): void {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  page.querySelectorAll<HTMLSelectElement>("select[data-time-zone]").forEach((list) => {
    if ([...list.options].some((option) => option.value === zone)) list.value = zone;
  });
}
