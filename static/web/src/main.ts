import { App, langOf } from './app';
import { takeDropped } from './inspect';
import { learn } from './learn';
import { keepForLater } from './offline/kept';
import { Page } from './page';
import { readState } from './state';

const root = document.getElementById('page')!;

async function open(): Promise<void> {
  await learn(langOf(readState(location.search)));
  const app = new App();
  const page = new Page(app, root);
  takeDropped(app);
  app.subscribe(() => page.update());
  // What came with the page is there before anything is painted.
  if (app.view()) page.update();
  void app.load();
  keepForLater(app.state);
}

// Without its words the page is what it is without scripts, which the server wrote in the language asked for.
function plain(): void {
  const written = new DOMParser().parseFromString(root.querySelector('noscript')?.textContent ?? '', 'text/html');
  root.replaceChildren(...written.body.childNodes);
  document.body.dataset.state = 'failed';
}

open().catch((fault) => {
  plain();
  throw fault;
});
