import { el } from '../dom';

/** Has the browser keep a file. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
