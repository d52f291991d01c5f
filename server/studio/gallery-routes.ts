import { readExamples } from '../storage/survey-folders.ts';
import { assetAddresses } from '../web/assets.ts';
import type { App } from '../web/services.ts';
import { galleryPage } from './gallery-pages.ts';

/** A page for anybody that shows every kind of question in every state. It asks nobody and keeps nothing. */
export async function galleryRoutes(app: App): Promise<void> {
  const examples = readExamples();
  const { pageStyle, pageScript } = assetAddresses().ofFolder('respond');

  app.get('/studio/kinds', { config: { access: 'anyone' } }, (request, reply): void => {
    const assets = { style: pageStyle, script: pageScript };
    reply.page('studio/gallery', galleryPage(request.language, examples, assets));
  });
}
