import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Environment variables as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Texts between commas, without the empty ones. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** A whole number in a range, both ends included. */
export function wholeNumber(min: number, max: number): z.ZodType<number> {
  const range = `a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d+$/, `is not ${range}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `is not ${range}`)
}

/** One of a closed list of words. */
export function oneOf<const Name extends string>(names: readonly Name[]): z.ZodType<Name> {
  return z.enum(names, { error: `is not one of ${names.join(', ')}` })
}

/** On or off. */
export const flag = z
  .enum(['1', 'true', 'yes', '0', 'false', 'no'], { error: 'is not 1 or 0' })
  .transform((text) => text === '1' || text === 'true' || text === 'yes')

/** An address of HTTP. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http or https URL' })

/** Where a PostgreSQL database is, with the user and the password. */
export const postgresUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''),
    'is not a URL such as postgres://user:password@host:5432/database',
  )

/** An address of WebSocket, or of HTTP where both are served. */
export const webSocketUrl = z.url({
  protocol: /^(https?|wss?)$/,
  error: 'is not an http, https, ws or wss URL',
})

/** A key or token: it goes into a header, which has room for visible ASCII only. */
export const secret = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => /^[\x21-\x7e]+$/.test(text), 'has a space or a character that no key has')

/** A name of ours: it is part of addresses and logs. */
export const plainName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not a name of up to 40 small letters, digits and hyphens')

/** A name of a vendor's resource, model or deployment. */
export const vendorName = z
  .string()
  .regex(/^[^\s?#&]{1,200}$/, 'is not a name: it has a space, "?", "#" or "&", or is too long')

/** An origin as browsers send it, or `*`. */
export const origin = z
  .string()
  .refine(
    (text) => text === '*' || URL.parse(text)?.origin === text,
    'is not a list of origins such as https://example.com',
  )

/** The text of a file named by its path. */
export const pemFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    context.addIssue('names a file that cannot be read')
    return z.NEVER
  }
})
