import type { App } from '../app';
import { openDialog } from '../dialog';
import { button, el } from '../dom';
import { saidIn } from './said';

// Milliseconds that a position may take.
const patience = 20_000;

/**
 * Tells where a position goes and what it is not good for, and only then, if the reader wants it, asks the browser for
 * it. The place is asked about, and found is called with longitude, latitude and accuracy in metres.
 */
export function openLocating(app: App, found: (at: [number, number], metres: number) => void): void {
  const { words } = app;
  const said = saidIn(words.lang);
  const failed = el('p', { class: 'wrong', role: 'alert', hidden: true });
  const go = button(words.say('locate'), () => {
    go.disabled = true;
    failed.hidden = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) => {
        go.closest('dialog')?.close();
        void app.askPlace([longitude, latitude], accuracy);
        found([longitude, latitude], accuracy);
      },
      ({ code, PERMISSION_DENIED }) => {
        go.disabled = false;
        failed.hidden = false;
        failed.textContent = said.say(code === PERMISSION_DENIED ? 'locate_denied' : 'locate_failed');
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: 0 },
    );
  }, { id: 'locate-go', class: 'strong' });
  openDialog(words, 'locating', words.say('locate'), [el('p', {}, el('strong', {}, said.say('locate_safety'))), el('p', {}, said.say('locate_why')), failed], go);
}
