import { App } from './app';
import { takeDropped } from './inspect';
import { keepForLater } from './offline/kept';
import { Page } from './page';

const app = new App();
const page = new Page(app, document.getElementById('page')!);
takeDropped(app);
app.subscribe(() => page.update());
// What came with the page is there before anything is painted.
if (app.view()) page.update();
void app.load();
keepForLater(app.state);
