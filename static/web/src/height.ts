// What an embedded page says to the page around it; docs/embedding.md has it for its readers.

/** The least height of the map, and how high it would be for its width, in CSS pixels. */
const [least, most, ratio] = [240, 480, 0.8];

/**
 * Tells the page around this one how high the frame has to be for everything in it, whenever that changes:
 * { type: 'demarc:height', height } in CSS pixels. The page around decides.
 */
export function postHeight(page: HTMLElement, map: HTMLElement): void {
  if (parent === window) return;
  let told = 0;
  const tell = () => {
    const canvas = map.getBoundingClientRect();
    if (canvas.width === 0) return;
    // Beside the finding the map is as high as its frame, below it the rest has its own height.
    const rest = page.scrollHeight - canvas.height;
    const height = Math.ceil(rest + Math.min(most, Math.max(least, canvas.width * ratio)));
    if (Math.abs(height - told) < 2) return;
    told = height;
    parent.postMessage({ type: 'demarc:height', height }, '*');
  };
  const watch = new ResizeObserver(tell);
  watch.observe(page);
  for (const part of page.querySelectorAll('.lead, .key, .credit, .panel')) watch.observe(part);
}
