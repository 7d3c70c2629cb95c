import type { App } from './app';
import { button, el } from './dom';
import { notice } from './notice';

/** Says whether the server looks at files for this reader. */
export function inspects(): boolean {
  return document.querySelector('meta[name="demarc-inspects"]') !== null;
}

/** A button that has a file of the reader's looked at. */
export function inspectButton(app: App): HTMLElement {
  const file = el('input', { type: 'file', id: 'inspect-file', hidden: true });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    file.value = '';
    if (chosen) void taken(app, inspect(app, chosen, false));
  });
  return el('span', {}, button(app.words.say('inspect'), () => file.click(), { id: 'inspect', title: app.words.say('inspect_drop') }), file);
}

/**
 * Lets a file be dropped anywhere on the page. Where the server looks at files, what is in it decides: things without
 * an area are counted, zones are looked at, and both ways stay open. Elsewhere everything is counted.
 */
export function takeDropped(app: App): void {
  const brings = (event: DragEvent) => !app.state.embed && (event.dataTransfer?.types.includes('Files') ?? false);
  addEventListener('dragover', (event) => {
    if (brings(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    const dropped = event.dataTransfer?.files[0];
    if (!dropped) return;
    void taken(app, inspects() ? inspect(app, dropped, true) : app.tally(dropped));
  });
}

/** Has a file looked at; things without an area are counted instead, where the reader did not ask for the look. */
export async function inspect(app: App, file: File, counts: boolean): Promise<void> {
  const { look } = await import('./inspection');
  await look(app, file, counts);
}

// The code that opens files may be out of reach, or that of an older page.
async function taken({ words }: App, doing: Promise<void>): Promise<void> {
  try {
    await doing;
  } catch (fault) {
    console.error(fault);
    const told = el('dialog', {}, notice(words.say('no_answer'), words.say('no_answer_why'), button(words.say('close'), () => told.close())));
    told.addEventListener('close', () => told.remove());
    document.body.append(told);
    told.showModal();
  }
}
