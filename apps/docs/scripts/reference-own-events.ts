import { ContextReport, ParleyClientEvent, ParleyServerEvent } from '@parley/core'
import * as z from 'zod'
import type { Reference, ReferenceOwnEvent, ReferenceOwnField } from '../src/reference/reference.ts'

/** Parley's own events, as their schemas say them. */
export function referenceOwnEvents(): Pick<Reference, 'ownEvents' | 'contextReport'> {
  return {
    ownEvents: [
      ...ParleyServerEvent.options.map((schema) => ownEvent('server', schema)),
      ...ParleyClientEvent.options.map((schema) => ownEvent('client', schema)),
    ],
    contextReport: fieldsOf(ContextReport),
  }
}

function ownEvent(from: 'client' | 'server', schema: z.ZodObject): ReferenceOwnEvent {
  const type: unknown = schema.shape['type']
  if (!(type instanceof z.ZodLiteral)) throw new Error('An event has no type.')
  return {
    type: String(type.value),
    from,
    fields: fieldsOf(schema).filter(({ name }) => name !== 'type' && name !== 'event_id'),
  }
}

function fieldsOf(schema: z.ZodObject): readonly ReferenceOwnField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { reused: 'inline' })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    values: valuesOf(property),
    optional: !required.includes(name),
  }))
}

/** What a field may hold, in the words of JSON. */
function valuesOf(property: z.core.JSONSchema._JSONSchema): readonly string[] {
  if (typeof property === 'boolean') return ['anything']
  if (property.anyOf) return property.anyOf.flatMap(valuesOf)
  if (property.enum) return property.enum.map(String)
  return property.type === undefined ? ['anything'] : [property.type].flat()
}
