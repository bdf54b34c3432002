/** Custom fields as fields of the segment language: what filters, segments and scoring models of a workspace may name. */
import { type CustomFieldDefinition, customFieldName, customFieldOf } from '../../model/custom-field.ts';
import { createRegistry, customSegmentField, type Registry, registry as builtIn } from '../segment/registry.ts';

/** The built-in fields and these. */
export const registryWith = (definitions: readonly CustomFieldDefinition[]): Registry =>
  definitions.length === 0
    ? builtIn
    : createRegistry(
        definitions.map((each) => customSegmentField(each.entity, customFieldName(each.id), customFieldOf(each))),
      );
