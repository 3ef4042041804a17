import { z } from 'zod'

/** Azure's way to switch turn detection off; `null` says the same. */
export const FlatNoDetection = z.looseObject({ type: z.literal('none') })

/** A string, or an object that is held against the schema, so that an error names the field inside it. */
export function stringOr<Value>(schema: z.ZodType<Value>, expectation: string): z.ZodType<string | Value> {
  return z
    .custom<string | Value>((value) => typeof value === 'string' || isPlainObject(value), expectation)
    .check((context) => {
      if (typeof context.value === 'string') return
      const result = schema.safeParse(context.value)
      if (result.success) return
      for (const issue of result.error.issues) {
        // A finished issue is a raw one with its message set.
        context.issues.push({ ...issue, input: context.value } as z.core.$ZodRawIssue)
      }
    })
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
