import type { App, View } from '../app';
import { el } from '../dom';
import { ageOf, asMapped, isOld } from '../evidence';
import { placeName } from '../names';
import type { Section } from './panel';

/** Since when it is known: the day of the newest evidence behind the figure and its age, before anything else. */
export function evidence(_app: App, { words }: View): Section {
  const when = el('span');
  const badge = el('span', { class: 'badge' });
  const review = el('p', { class: 'quiet' });
  return {
    needs: 'share',
    element: el('section', { class: 'evidence' }, el('p', { class: 'mapped' }, when, ' ', badge), review),
    update(view) {
      const share = view.share!;
      when.replaceChildren(el('strong', {}, placeName(view, share.of)), words.say('comma'), asMapped(view, share));
      badge.textContent = ageOf(words, share);
      badge.hidden = badge.textContent === '';
      badge.classList.toggle('old', isOld(share));
      const { reviewed_on: looked, review_due: due } = share.evidence ?? { reviewed_on: null, review_due: false };
      review.hidden = !looked && !due;
      review.textContent = [looked && words.say('reviewed', { date: words.date(looked) }), due && words.say('review_due')].filter(Boolean).join(' ');
    },
  };
}
