/** Buttons that take a text along: data-download="id" as a file, data-print on paper. */
export function startKeeping(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-download], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) page.defaultView?.print();
    else download(page, button);
  });
}

function download(page: Document, button: HTMLElement): void {
  const source = page.getElementById(button.dataset["download"] ?? "");
  if (!source) return;
  const url = URL.createObjectURL(new Blob([`${source.textContent}\n`], { type: "text/plain" }));
  const link = page.createElement("a");
  link.href = url;
  link.download = button.dataset["downloadName"] ?? "parley.txt";
  link.click();
  URL.revokeObjectURL(url);
}
