import { asProblem } from '../api';
import type { App, View } from '../app';
import { el } from '../dom';
import { failureNotice } from '../notice';
import type { Section } from './panel';

/** The reader's own things, counted by side. All but the heading is fetched when it is opened first. */
export function sites(app: App, { words }: View): Section {
  const body = el('div');
  const element = el('details', { class: 'sites', id: 'sites' }, el('summary', {}, el('h2', {}, words.say('your_sites'))), body);
  let part: Section | null = null;
  // What the reader did to the element last is the newest, and an update may come before it is told.
  let isOpen = false;
  const open = async () => {
    try {
      (await app.ownSites()).open(element.open);
    } catch (fault) {
      body.replaceChildren(failureNotice(words, asProblem(fault), () => void open()));
    }
  };
  element.addEventListener('toggle', () => {
    if (element.open === isOpen) return;
    isOpen = element.open;
    void open();
  });
  return {
    needs: 'share',
    element,
    update(view) {
      const { sites: own } = view;
      if (!own) return;
      if (own.isOpen !== isOpen && element.open === isOpen) element.open = isOpen = own.isOpen;
      if (!part) {
        part = own.section(app, view);
        body.replaceChildren(part.element);
      }
      part.update(view);
    },
  };
}
