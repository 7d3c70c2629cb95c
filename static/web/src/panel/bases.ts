import type { Share } from '../api';
import type { App, View } from '../app';
import { el } from '../dom';
import { shortOf } from '../evidence';
import { percentOf } from '../figures';
import type { Section } from './panel';

/** The rival readings of the evidence side by side, with figure, measure and the day of the evidence; choosing one puts it in force. */
export function bases(app: App, first: View): Section {
  const { words, dataset } = first;
  const meaning = el('p', { class: 'quiet', id: 'basis-meaning', dir: 'auto' });
  const cards = dataset.bases.map((basis) => {
    const input = el('input', { type: 'radio', name: 'basis', id: `basis-${basis.id}`, value: basis.id });
    input.addEventListener('change', () => app.go({ basis: basis.id === dataset.default_basis ? null : basis.id }));
    const percent = el('span', { class: 'card-figure' });
    const mapped = el('span', { class: 'quiet mapped-on' });
    const card = el('label', { class: 'card' }, el('span', { class: 'card-name' }, input, words.name(basis.name, basis.id)), percent, el('span', { class: 'quiet' }, shortOf(first, basis.measures)), mapped);
    return { basis, input, percent, mapped, card };
  });
  return {
    needs: 'shares',
    element: el(
      'fieldset',
      { class: 'bases', 'aria-describedby': 'basis-meaning' },
      el('legend', {}, words.say('bases')),
      el('div', { class: 'cards' }, ...cards.map(({ card }) => card)),
      el('p', { class: 'quiet' }, words.say('bases_note')),
      meaning,
    ),
    update(view) {
      for (const { basis, input, percent, mapped } of cards) {
        const share = view.shares?.shares.find((one) => one.of === view.of && one.basis === basis.id);
        input.checked = basis.id === view.basis;
        percent.replaceChildren(share ? percentOf(words, share.percent) : '–');
        const [publisher, day] = share ? [publisherOf(view, share), share.evidence?.newest] : [];
        mapped.replaceChildren(...(publisher ? [el('bdi', {}, publisher), words.say('comma')] : []), day ? words.date(day) : '');
      }
      meaning.textContent = words.name(dataset.bases.find((basis) => basis.id === view.basis)?.meaning);
    },
  };
}

// Who published the newest evidence, in short: the sources of the figure are below, in full.
function publisherOf({ dataset }: View, share: Share): string | undefined {
  const used = dataset.sources.filter((source) => share.sources.includes(source.id));
  return used.find((source) => source.date === share.evidence?.newest)?.publisher.split(/[,(]/)[0]?.trim();
}
