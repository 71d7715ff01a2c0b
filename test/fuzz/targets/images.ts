/** Image references: what they are taken apart into fits together again, and nothing takes long. */

import { parseImage } from '../../../src/image/reference.ts';
import { inScope, nearestScope } from '../../../src/image/scope.ts';
import { visible } from '../../../src/print/escape.ts';
import { hostOf, registryOf } from '../../../src/registries/index.ts';
import { nearHost } from '../../../src/registries/near.ts';
import { imageNames } from '../corpora.ts';
import { repeated } from '../growth.ts';
import { mutated } from '../mutate.ts';
import { promise } from '../properties.ts';
import { nothingOpen, type Opened, type Target } from '../target.ts';

const PIECES = [
  'a',
  'a/',
  'a.',
  ':',
  '@',
  'a:1/',
  '-',
  '_',
  '__',
  'A',
  'sha256:',
  '[',
  '0123456789abcdef',
];

export const images: Target = {
  name: 'images',
  what: 'image references, through `parseImage`, scopes and the table of registries',
  share: 40,
  async open() {
    const opened: Opened<string> = {
      inputs: mutated(imageNames(), { most: 4 }),
      run: (text) => {
        const image = parseImage(text);
        promise(image.written === text, 'not what was written');
        registryOf(text);
        nearHost(hostOf(text), text);
        if (!image.valid) {
          promise(image.reason !== '' && image.reason.length < 5000, `reason: ${image.reason}`);
          return { texts: [visible(image.reason)] };
        }
        const again = parseImage(image.resolved);
        promise(
          again.valid && again.resolved === image.resolved,
          `${image.resolved} is read otherwise than ${text}`,
        );
        inScope(image, image.host);
        promise(
          nearestScope(image, [image.host, '*.example.com', text]) !== undefined,
          'no answer about scopes',
        );
        return { texts: [image.resolved, image.apiHost] };
      },
      growths: PIECES.map((piece) => ({
        name: JSON.stringify(piece),
        make: (bytes) => repeated(piece, bytes),
      })),
      close: nothingOpen,
    };
    return opened;
  },
};
