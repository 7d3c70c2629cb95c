import type { Dataset, Shares } from './api';
import type { State } from './state';

/** What the server wrote into the page, so that the first figures need no request: answers of its API as they are. */
export interface First {
  dataset: Dataset;
  /** the figures of the day that the address asks for; absent where that day has none */
  shares?: Shares;
}

/** Reads it; null where there is nothing, or of another dataset than the one the address names. */
export function first(state: State): First | null {
  const text = document.querySelector<HTMLTemplateElement>('#demarc-first')?.content.textContent;
  if (!text) return null;
  const read = JSON.parse(text) as First;
  return read.dataset.id === state.area ? read : null;
}
