/** What the builder has to know of a node beside its content: which record its rows speak of. */
import { relationOf } from '../../../shared/rules/segment/registry.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import type { EditorContainer } from './tree.ts';

/** The record that the rows inside a container speak of; null for a relation that the registry does not know. */
export function entityInside(container: EditorContainer, entity: EntityName): EntityName | null {
  switch (container.kind) {
    case 'group':
      return entity;
    case 'related':
      return relationOf(entity, container.relation)?.to ?? null;
    case 'behaviour':
      return 'interaction';
  }
}
