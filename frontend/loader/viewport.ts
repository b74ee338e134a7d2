/** On a phone the keyboard covers the page without resizing it: keep the window in what is left to see. */
export function followKeyboard(element: HTMLElement): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    element.style.setProperty("--height", `${seen.height}px`);
    element.style.setProperty("--top", `${seen.offsetTop}px`);
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  fit();
}
