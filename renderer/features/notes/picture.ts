/** An attached picture as a URL that the page may draw: its parts come one after another and are let go of together. */
import { useEffect, useState } from 'react';
import { type PreviewType, previewTypeOf } from '../../../shared/rules/attachment.ts';
import { bridge } from '../../app/client.ts';

export type Picture =
  { readonly state: 'loading' } | { readonly state: 'failed' } | { readonly state: 'here'; readonly url: string };

async function load(id: string, type: PreviewType, isGone: () => boolean): Promise<string | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let number = 0, count = 1; number < count; number += 1) {
    const result = await bridge.call('attachments.part', { id, number });
    if (!result.ok || isGone()) return null;
    count = result.value.parts;
    const text = atob(result.value.base64);
    parts.push(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }
  return URL.createObjectURL(new Blob(parts, { type }));
}

export function usePicture(id: string, mediaType: string | null): Picture {
  const [picture, setPicture] = useState<Picture>({ state: 'loading' });
  useEffect(() => {
    const type = previewTypeOf(mediaType);
    let url: string | null = null;
    let isGone = false;
    if (type === null) setPicture({ state: 'failed' });
    else {
      setPicture({ state: 'loading' });
      void load(id, type, () => isGone).then((made) => {
        if (isGone) {
          if (made !== null) URL.revokeObjectURL(made);
          return;
        }
        url = made;
        setPicture(made === null ? { state: 'failed' } : { state: 'here', url: made });
      });
    }
    return () => {
      isGone = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [id, mediaType]);
  return picture;
}
