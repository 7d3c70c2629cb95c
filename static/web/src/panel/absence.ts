import type { App, View } from '../app';
import { button, el } from '../dom';
import { failureNotice, notice } from '../notice';
import type { Section } from './panel';

/**
 * Why there is no figure: a day before the evidence or still to come, a reading silent on
 * it, an address that names nothing, or no answer. Empty when there is one.
 */
export function absence(app: App, { words }: View): Section {
  const element = el('section', { class: 'absence', hidden: true });
  return {
    element,
    update({ problem, state, dataset, shares, share, basis }) {
      element.hidden = problem === null && (shares === null || share !== null);
      if (!problem && shares && !share) {
        const reading = words.name(dataset.bases.find((one) => one.id === basis)?.name, basis);
        element.replaceChildren(notice(words.say('not_read', { reading, date: words.date(shares.as_of) }), words.say('not_read_why')));
        return;
      }
      if (!problem) return element.replaceChildren();
      const now = button(words.say('now'), () => app.go({ asOf: null, of: null, basis: null, from: null, against: null }), { class: 'strong' });
      if (problem.wrong) return element.replaceChildren(notice(words.say(problem.wrong, { text: problem.detail }), words.say('wrong_address_why'), now));
      const today = /is after today, (\d{4}-\d{2}-\d{2})/.exec(problem.detail)?.[1];
      if (problem.status === 400 && today && state.asOf) {
        const heading = words.say('to_come', { date: words.date(state.asOf) });
        return element.replaceChildren(notice(heading, words.say('to_come_why', { date: words.date(today) }), now));
      }
      const first = problem.firstDate ?? dataset.first_date;
      const early = problem.status === 404 && (state.asOf ?? first) < first;
      element.replaceChildren(
        early
          ? notice(
              words.say('before_first', { date: words.date(state.asOf!) }),
              words.rich('before_first_why', { first: words.date(first) }),
              button(words.rich('go_first', { first: words.date(first) }), () => app.go({ asOf: first }), { class: 'strong' }),
            )
          : failureNotice(words, problem, () => void app.load()),
      );
    },
  };
}
