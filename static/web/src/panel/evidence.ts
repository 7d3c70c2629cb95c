import type { App, View } from '../app';
import { el } from '../dom';
import { ageOf, asMapped, isOld } from '../evidence';
import { placeName } from '../names';
import type { Section } from './panel';

/** Since when it is known: the day of the newest evidence behind the figure and its age, before anything else. */
export function evidence(_app: App, { words }: View): Section {
  const when = el('span');
  const badge = el('span', { class: 'badge' });
  return {
    needs: 'share',
    element: el('section', { class: 'evidence' }, el('p', { class: 'mapped' }, when, ' ', badge)),
    update(view) {
      const share = view.share!;
      when.replaceChildren(el('strong', {}, placeName(view, share.of)), words.say('comma'), asMapped(view, share));
      badge.textContent = ageOf(words, share);
      badge.hidden = badge.textContent === '';
      badge.classList.toggle('old', isOld(share));
    },
  };
}
