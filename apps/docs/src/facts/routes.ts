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

const query = (name: string, meaning: string): RouteParameter => ({ name, in: 'query', meaning })
const body = (name: string, meaning: string): RouteParameter => ({ name, in: 'body', meaning })
const path = (name: string, meaning: string): RouteParameter => ({ name, in: 'path', meaning })

const backendName = query('backend', 'Name of a backend; the default one without it.')

/** Every route, in the order of the page. */
export const routeFacts: readonly RouteFacts[] = [
  {
    route: 'GET /v1/realtime',
    group: 'Sessions',
    meaning: 'Opens a session by WebSocket. What is wrong with the request is told before the upgrade.',
    parameters: [
      query('backend', 'Which backend answers.'),
      query('model', 'One of its models; without backend also the name of a backend, or <backend>/<model>.'),
      query('conversation', 'Goes on with this conversation, or begins it: conv_ and any name.'),
      query('dialect', 'openai-ga, openai-beta or voice-live, where path and headers do not show it.'),
      query('intent', 'transcription: only writes down what is said.'),
      query('context', 'What a backend is told of the conversation: summary, recent, full or none.'),
      query('context_tokens', 'How much of it at most, in estimated tokens: 100 to 1000000.'),
      query('person', 'Who speaks: facts of this person are told and learned, where PARLEY_PEOPLE is on.'),
      query('record', 'events or audio: records the session to a cassette, without or with its sound.'),
      query(
        'keep_audio',
        'true or false: keeps the sound of turns and answers beside their words, or does not.',
      ),
    ],
    answer: 'The upgrade; its first event is session.created.',
  },
  {
    route: 'ALL /v1/realtime/calls',
    group: 'Sessions',
    meaning: 'Where OpenAI serves WebRTC. This gateway does not.',
    answer: 'Status 501 with the error unsupported.',
  },
  {
    route: 'POST /v1/realtime/client_secrets',
    group: 'Sessions',
    meaning: 'Mints a credential a browser may hold. Its session is applied first in every session it opens.',
    parameters: [
      body('expires_after', '{ anchor: "created_at", seconds }, 10 to 7200 seconds, 600 without it.'),
      body('session', 'A session object of the GA dialect.'),
      body('person', 'Whose facts its sessions are told and learn; they can be nobody else’s.'),
    ],
    answer: 'value, expires_at (Unix seconds) and the session.',
  },
  {
    route: 'POST /v1/realtime/sessions',
    group: 'Sessions',
    meaning: 'The same for clients from before GA: the body is their flat session object.',
    parameters: [body('client_secret', 'The lifetime, as expires_after or expires_at.')],
    answer: 'The session with client_secret in it.',
  },
  {
    route: 'GET /v1/models',
    group: 'Backends',
    meaning: 'The models of every backend, in the shape of OpenAI.',
    answer: '{ object: "list", data }.',
  },
  {
    route: 'GET /v1/models/:id{.+}',
    group: 'Backends',
    meaning: 'One of them.',
    parameters: [path('id', 'Its id, which may hold slashes.')],
    answer: 'The model, or not_found.',
  },
  {
    route: 'GET /v1/backends',
    group: 'Backends',
    meaning: 'Every backend that is set up with its capabilities, and what turns on the others.',
    answer: '{ backends, unavailable }.',
  },
  {
    route: 'GET /v1/backends/:name',
    group: 'Backends',
    meaning: 'One backend.',
    parameters: [query('model', 'Capabilities with this model instead of its default one.')],
    answer: '{ name, default, capabilities }, or not_found.',
  },
  {
    route: 'GET /v1/voices',
    group: 'Voices and speech',
    meaning: 'The voices of a backend.',
    parameters: [
      backendName,
      query('q', 'Words in names and styles.'),
      query('language', 'BCP 47 tag.'),
      query('gender', 'female, male or neutral.'),
      query('kind', 'The engine or family.'),
      query('limit', 'How many at most.'),
      query('cursor', 'Where the page before ended.'),
    ],
    answer: 'voices, cursor, state (ready, loading, needs_key or failed), progress, help.',
  },
  {
    route: 'GET /v1/voices/sample',
    group: 'Voices and speech',
    meaning: 'A sentence spoken by a voice.',
    parameters: [backendName, query('voice', 'Its name.'), query('language', 'BCP 47 tag of the sentence.')],
    answer: 'Sound, in the type of its header.',
  },
  {
    route: 'POST /v1/audio/speech',
    group: 'Voices and speech',
    meaning: 'Speaks a text with a voice of this machine, in the shape of OpenAI.',
    parameters: [
      body('input', 'The text, at most 4096 characters.'),
      body('voice', 'A voice of the local backend. A voice of OpenAI is replaced by that of the language.'),
      body('language', 'BCP 47 tag; chooses the voice where voice does not.'),
      body('speed', '0.25 to 1.5.'),
      body('response_format', 'wav, the default, or pcm: 24 kHz, 16 bits.'),
    ],
    answer: 'Sound.',
  },
  {
    route: 'GET /v1/conversations',
    group: 'Conversations',
    meaning: 'What was said, the latest first.',
    parameters: [
      query('limit', 'How many, 20 without it.'),
      query('after', 'The cursor of the page before.'),
    ],
    answer: '{ data, cursor }.',
  },
  {
    route: 'POST /v1/conversations',
    group: 'Conversations',
    meaning: 'Begins a conversation.',
    parameters: [body('id', 'conv_ and any name; a new one without it.')],
    answer: 'Status 201 and the conversation, or revision_conflict when it is there already.',
  },
  {
    route: 'GET /v1/conversations/:id',
    group: 'Conversations',
    meaning:
      'A conversation: items with how much of each was heard, answers with backend and usage, what happened to its sessions, facts, summary, kept sound.',
    answer:
      '{ id, revision, createdAt, updatedAt, retentionSeconds, items, responses, life, facts, summary, audio }, or not_found.',
  },
  {
    route: 'GET /v1/conversations/:id/export',
    group: 'Conversations',
    meaning: 'The whole log as JSON, to be imported again, or a transcript for people.',
    parameters: [
      query('format', 'json, the default, markdown, or html: one page that needs nothing else.'),
      query('audio', 'false leaves the kept sound out of json and html.'),
    ],
    answer: 'A file to save.',
  },
  {
    route: 'POST /v1/conversations/import',
    group: 'Conversations',
    meaning: 'Takes in what an export as JSON gave, up to 64 MiB.',
    parameters: [
      query('id', 'Id it must have; its own one without it, or a new one where that is taken.'),
      body('format', 'parley.conversation, with all that is in the file.'),
    ],
    answer: 'Status 201 and the conversation, or invalid_value with the field at fault.',
  },
  {
    route: 'POST /v1/conversations/:id/fork',
    group: 'Conversations',
    meaning: 'Begins a new conversation with the items of this one, their sound and the facts.',
    parameters: [
      body('item_id', 'Last item it has; all of them without it.'),
      body('id', 'conv_ and any name; a new one without it.'),
    ],
    answer: 'Status 201 and the new conversation.',
  },
  {
    route: 'PUT /v1/conversations/:id/retention',
    group: 'Conversations',
    meaning: 'Has it deleted so long after its last entry.',
    parameters: [body('seconds', '3600 to 3153600000, or null: for ever.')],
    answer: '{ id, seconds }.',
  },
  {
    route: 'GET /v1/conversations/:id/audio/:item/:index',
    group: 'Conversations',
    meaning: 'Sound that was kept of a part of an item.',
    parameters: [path('item', 'Id of the item.'), path('index', 'Its part, 0 for the first.')],
    answer: 'The sound as it was kept, audio/wav, or not_found.',
  },
  {
    route: 'GET /v1/conversations/:id/context',
    group: 'Memory',
    meaning: 'What a backend would be told of the conversation if a session began now.',
    parameters: [
      backendName,
      query('model', 'One of its models.'),
      query('strategy', 'summary, recent, full or none; the configured one without it.'),
      query('budget', 'Estimated tokens at most; the configured number without it.'),
      query('person', 'Whose facts are told with it.'),
    ],
    answer: '{ backend, model, report, items, instructions, summary }.',
  },
  {
    route: 'GET /v1/conversations/:id/facts',
    group: 'Memory',
    meaning: 'Facts that every backend is told in this conversation, however long ago they were pinned.',
    answer: '{ data }, each with id and text.',
  },
  {
    route: 'POST /v1/conversations/:id/facts',
    group: 'Memory',
    meaning: 'Pins a fact; a running session tells its next backend.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'Status 201 and the fact.',
  },
  {
    route: 'PATCH /v1/conversations/:id/facts/:fact',
    group: 'Memory',
    meaning: 'Changes a pinned fact.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'The fact.',
  },
  {
    route: 'DELETE /v1/conversations/:id/facts/:fact',
    group: 'Memory',
    meaning: 'Unpins a fact.',
    answer: 'Status 204.',
  },
  {
    route: 'GET /v1/people/:person/facts',
    group: 'Memory',
    meaning: 'What is known of a person over all conversations.',
    answer: '{ data }, each with id, text, conversationId and updatedAt.',
  },
  {
    route: 'POST /v1/people/:person/facts',
    group: 'Memory',
    meaning: 'Adds a fact, where PARLEY_PEOPLE is on.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'Status 201 and the fact.',
  },
  {
    route: 'PATCH /v1/people/:person/facts/:fact',
    group: 'Memory',
    meaning: 'Changes a fact.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'The fact.',
  },
  {
    route: 'DELETE /v1/people/:person/facts/:fact',
    group: 'Memory',
    meaning: 'Forgets a fact.',
    answer: 'Status 204.',
  },
  {
    route: 'DELETE /v1/people/:person/facts',
    group: 'Memory',
    meaning: 'Forgets everything known of a person.',
    answer: 'Status 204.',
  },
  {
    route: 'DELETE /v1/people/:person',
    group: 'Memory',
    meaning: 'The same.',
    answer: 'Status 204.',
  },
  {
    route: 'DELETE /v1/conversations/:id',
    group: 'Conversations',
    meaning: 'Forgets a conversation; a session on it ends.',
    answer: 'Status 204.',
  },
  {
    route: 'GET /v1/downloads',
    group: 'Downloads',
    meaning: 'Models that can be had for the local backend, with size, licence and state.',
    answer: '{ data }.',
  },
  {
    route: 'POST /v1/downloads/:id',
    group: 'Downloads',
    meaning: 'Fetches one; it goes on while nobody watches.',
    answer: 'Status 202 and its state.',
  },
  {
    route: 'GET /v1/downloads/:id/events',
    group: 'Downloads',
    meaning: 'Its progress as server-sent events, until it has ended.',
    answer: 'A stream of states.',
  },
  {
    route: 'DELETE /v1/downloads/:id',
    group: 'Downloads',
    meaning: 'Removes one, or gives it up.',
    answer: 'Status 204.',
  },
  {
    route: 'GET /v1/cassettes',
    group: 'Cassettes',
    meaning: 'Recorded sessions, the latest first.',
    answer: '{ data }.',
  },
  {
    route: 'POST /v1/cassettes',
    group: 'Cassettes',
    meaning: 'Adds a recording made elsewhere; the body is its NDJSON. Secrets are taken out.',
    answer: 'Status 201 and its summary.',
  },
  {
    route: 'GET /v1/cassettes/:id',
    group: 'Cassettes',
    meaning: 'One recording as it was written.',
    answer: 'NDJSON: a header, then one line an event.',
  },
  {
    route: 'DELETE /v1/cassettes/:id',
    group: 'Cassettes',
    meaning: 'Deletes a recording.',
    answer: 'Status 204.',
  },
  {
    route: 'GET /healthz',
    group: 'Operation',
    meaning: 'The process is alive.',
    answer: '{ status: "ok" }.',
  },
  {
    route: 'GET /readyz',
    group: 'Operation',
    meaning: 'It can serve sessions: the store answers, the gateway is not shutting down, the engines run.',
    answer: 'Status 200 or 503 and what is missing.',
  },
  {
    route: 'GET /metrics',
    group: 'Operation',
    meaning: 'What was counted, for Prometheus. Behind the key when keys are set.',
    answer: 'Prometheus text.',
  },
]
