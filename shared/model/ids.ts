/**
 * Identity: a UUIDv7 made on the device where the record was made. Travels as a lower-case string, rests as 16 bytes.
 */
import { z } from 'zod';

export const uuidSchema = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a record id (UUID)');

/** The id of a record of one entity: a plain string at run time, not interchangeable at compile time. */
export type RecordId<E extends string = string> = string & { readonly __entity?: E };
