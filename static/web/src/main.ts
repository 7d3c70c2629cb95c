import { App } from './app';
import { inspectDropped, inspects } from './inspect';
import { Page } from './page';

const app = new App();
const page = new Page(app, document.getElementById('page')!);
if (inspects()) inspectDropped(app);
app.subscribe(() => page.update());
void app.load();
