import { App } from './app';
import { Page } from './page';

const app = new App();
const page = new Page(app, document.getElementById('page')!);
app.subscribe(() => page.update());
void app.load();
