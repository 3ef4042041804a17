import { RealtimeError } from '../../../../errors.ts'

/** Where an OpenAI-compatible server is and how to sign in. */
export interface EndpointOptions {
  /**
   * Base address. Without a path `/v1` is added; a path is used as it stands, with or without a trailing
   * slash or a final resource such as `/chat/completions`. A query (`?api-version=...`) is kept on every request.
   */
  readonly url: string
  /** Sent as a bearer token. Without it, user and password in the address are sent as basic credentials. */
  readonly key?: string | undefined
}

/** A resource of the OpenAI API. */
export type EndpointResource = 'chat/completions' | 'models' | 'audio/transcriptions' | 'audio/speech'

/** Address of one resource and the headers that go with it. */
export interface Endpoint {
  address(resource: EndpointResource): URL
  readonly headers: Readonly<Record<string, string>>
  /** Removes key, password and query values from text that will be shown. */
  readonly redact: (text: string) => string
}

/**
 * Reads the options once; throws `invalid_value` with `param` `url` when the address is not http or https.
 * `title` begins the message, for example `The language model address`.
 */
export function openaiEndpoint({ url, key }: EndpointOptions, title: string): Endpoint {
  const base = URL.canParse(url) ? new URL(url) : undefined
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    const message = `${title} must start with http:// or https://, for example http://localhost:11434/v1.`
    throw new RealtimeError('invalid_value', message, { param: 'url' })
  }
  const [user, password] = [decodeURIComponent(base.username), decodeURIComponent(base.password)]
  const secrets = [key, password, ...base.searchParams.values()].filter((secret) => secret !== undefined)
  base.username = ''
  base.password = ''
  base.hash = ''
  const resource = /\/(?:chat\/completions|models|audio\/(?:transcriptions|speech))$/
  const path = base.pathname.replace(/\/+$/, '').replace(resource, '') || '/v1'
  return {
    address(name) {
      const address = new URL(base)
      address.pathname = `${path}/${name}`
      return address
    },
    headers: authorization(key, user, password),
    redact: redactor(secrets),
  }
}

/** Removes secrets and addresses from text that will be shown. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  return (text) =>
    secrets
      .filter((secret) => secret.length > 3)
      .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
      .replace(/https?:\/\/[^\s"']+/g, '(address)')
}

function authorization(key: string | undefined, user: string, password: string): Record<string, string> {
  if (key !== undefined && key !== '') return { authorization: `Bearer ${key}` }
  if (user === '' && password === '') return {}
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}
