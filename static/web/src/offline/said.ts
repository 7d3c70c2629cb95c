import '../style/offline.css';
import type { App } from '../app';
import { el } from '../dom';
import { keptOn } from './kept';

/** Says that the server cannot be reached, and of when what is shown is. */
export function offlineNote(): { element: HTMLElement; update(app: App): void } {
  const element = el('p', { class: 'banner offline', role: 'status', id: 'offline', hidden: true });
  return {
    element,
    update(app) {
      const at = keptOn();
      const view = app.view();
      const shown = view?.shares?.as_of;
      const asked = view?.state.asOf;
      element.hidden = at === null && !app.stands;
      if (element.hidden) return;
      const { words } = app;
      const text = [
        at === null ? words.say('offline') : words.say('offline_since', { date: words.date(at.slice(0, 10)) }),
        ...(app.stands && shown && asked ? [words.say('offline_same', { shown: words.date(shown), asked: words.date(asked) })] : []),
      ].join(' ');
      if (element.textContent !== text) element.textContent = text;
    },
  };
}
