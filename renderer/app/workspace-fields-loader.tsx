/** Reads the custom fields of the workspace before its pages are shown, and follows their changes. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect } from 'react';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { CustomFieldDefinition } from '../../shared/model/custom-field.ts';
import { bridge } from './client.ts';
import { CallFailure } from './failure.ts';
import { forgetWorkspaceFields, setWorkspaceFields, useFieldsReady } from './workspace-fields.ts';

async function pageOf(view: 'all' | 'bin', after: string | null): Promise<OutputOf<'customFields.list'>> {
  const result = await bridge.call('customFields.list', { limit: 500, view, ...(after === null ? {} : { after }) });
  if (!result.ok) throw new CallFailure(result.error);
  return result.value;
}

async function every(view: 'all' | 'bin'): Promise<CustomFieldDefinition[]> {
  const found: CustomFieldDefinition[] = [];
  let after: string | null = null;
  do {
    const page: OutputOf<'customFields.list'> = await pageOf(view, after);
    found.push(
      ...page.rows.map(({ id, name, entity, kind, options, help, position }) => ({
        id,
        name,
        entity,
        kind,
        options,
        help,
        position,
      })),
    );
    after = page.next;
  } while (after !== null);
  return found;
}

export function WorkspaceFieldsLoader({ children }: { readonly children: ReactNode }) {
  const query = useQuery({
    queryKey: ['customFields.list', 'every'],
    queryFn: async () => {
      const [used, gone] = await Promise.all([every('all'), every('bin')]);
      return { used, gone };
    },
  });
  const { data, error } = query;
  useLayoutEffect(() => {
    if (data !== undefined) setWorkspaceFields(data.used, data.gone);
    // pages say themselves what they cannot read
    else if (error !== null) setWorkspaceFields([]);
  }, [data, error]);
  useLayoutEffect(() => forgetWorkspaceFields, []);
  return useFieldsReady() ? children : null;
}
