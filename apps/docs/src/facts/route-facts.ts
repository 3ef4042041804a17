/** What a request may say in its address or body. */
export interface RouteParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'body'
  readonly meaning: string
}

/** One route of the gateway for people; which routes there are is read from the gateway itself. */
export interface RouteFacts {
  /** `GET /v1/models` */
  readonly route: string
  readonly group: string
  readonly meaning: string
  readonly parameters?: readonly RouteParameter[]
  /** What comes back. */
  readonly answer: string
}

/** Said in the address. */
export const query = (name: string, meaning: string): RouteParameter => ({ name, in: 'query', meaning })
/** Said in the body. */
export const body = (name: string, meaning: string): RouteParameter => ({ name, in: 'body', meaning })
/** A part of the address. */
export const path = (name: string, meaning: string): RouteParameter => ({ name, in: 'path', meaning })

/** Who answers. */
export const backendName = query('backend', 'Name of a backend; the default one without it.')
