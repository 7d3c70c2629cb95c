import type { App, View } from '../app';
import { button, el } from '../dom';
import { failureNotice, notice } from '../notice';
import type { Section } from './panel';

/** Why there is no figure: a day before the evidence, a reading silent on it, or no answer. Empty when there is one. */
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
