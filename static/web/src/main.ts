import { App } from './app';
import { takeDropped } from './inspect';
import { Page } from './page';

const app = new App();
const page = new Page(app, document.getElementById('page')!);
takeDropped(app);
app.subscribe(() => page.update());
void app.load();
