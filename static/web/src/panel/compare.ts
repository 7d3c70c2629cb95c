import { asProblem } from '../api';
import type { App, View } from '../app';
import { el } from '../dom';
import { failureNotice } from '../notice';
import { isComparing } from '../state';
import type { Section } from './panel';

/** Two days or readings compared. All but the heading is fetched when it is opened first, or the address compares. Hidden where there is nothing to compare. */
export function compare(app: App, first: View): Section {
  const { words, dataset } = first;
  const body = el('div');
  const element = el('details', { class: 'compare', id: 'compare' }, el('summary', {}, el('h2', {}, words.say('compare'))), body);
  const canCompare = dataset.bases.length > 1 || dataset.epochs.length > 1;
  let part: Section | null = null;
  let wasComparing = false;
  const open = async () => {
    try {
      part ??= (await app.comparison()).section(app, first);
      body.replaceChildren(part.element);
      const view = app.view();
      if (view) part.update(view);
    } catch (fault) {
      body.replaceChildren(failureNotice(words, asProblem(fault), () => void open()));
    }
  };
  element.addEventListener('toggle', () => {
    if (element.open && !part) void open();
  });
  return {
    needs: 'share',
    element,
    update(view) {
      element.hidden = !canCompare;
      const isNow = isComparing(view.state);
      if (isNow && !wasComparing) element.open = true;
      wasComparing = isNow;
      part?.update(view);
    },
  };
}
