/**
 * What the embedded answerer knows, in English. One passage is a line `@topic.name` with ways to ask for it,
 * separated by slashes, and a line that is spoken. Passages of one topic stand in the order they are told.
 */
export const knowledgeEn = `
@parley.what what is parley / what does parley do / explain this project / what is this software
Parley is one endpoint for every realtime voice backend, and it remembers. Your program speaks one protocol, and Parley speaks to whichever service you choose.
@parley.why why use parley / what is it good for / what do I need it for / advantages and benefits over calling one vendor directly
Voice services differ in their events, audio formats and limits, and none of them remembers you. Parley hides the differences and keeps the conversation, so you can change the backend without changing your program.
@parley.start how to install parley / how to start it / get it running on my computer or laptop / set up / first steps
Two commands are enough. Clone the repository, run npm start, and open the address of the playground that it prints.
@parley.playground what is the playground / web page to try it / where can I talk and see the transcript
The playground is a web page for trying voices and backends. It shows the transcript of both sides, the delay of each turn and every event on the wire.
@parley.license what is the license / is it open source / may I use it commercially
Parley is open source under the MIT license. You may use it, change it and sell what you build with it.
@parley.built which programming language is it written in / typescript node technology stack source code
Parley is written in TypeScript and runs on Node. The gateway uses Hono, and the web pages use Next.
@answerer.what what are you / are you a language model / are you an ai like chat gpt / are you intelligent / who am I talking to
I am the embedded answerer. I am not a language model. I find short passages in a small text about Parley, and I can look back at our conversation.
@answerer.abilities what can you do / what can I ask you / help me / how can you help
You can ask me about Parley and realtime voice services. I also remember what you tell me in this conversation, repeat things, count, do small sums and tell the time.
@answerer.model how to connect a real language model / use my own llm / ollama vllm llama cpp foundry local / smarter answers / make you cleverer
Set PARLEY_LLM_URL to any chat endpoint that is compatible with OpenAI, for example Ollama, and PARLEY_LLM_MODEL to the name of a model. Then start Parley again.
@answerer.how how do you find your answers / how do you work inside without a model / where does your knowledge come from
I compare the letters of your question with the passages I know and speak the closest one. If nothing is close enough, I say so.
@backends.list which backends are there / which voice services are supported / list the providers
The realtime services Parley is made for are OpenAI Realtime, Azure OpenAI, Azure Voice Live, your own models in Voice Live, and a local backend. The playground lists the ones this version offers.
@backends.choose which backend should I choose / what is the best service for me / recommendation
It depends. OpenAI is strong in natural dialogue, Voice Live has the most voices and languages, and the local backend keeps everything on your machine.
@backends.switch can I switch the backend in a conversation / move to another provider / change vendor and keep the history
Yes. A conversation belongs to Parley and not to the service. Start a session with another backend and name the same conversation, and it goes on from there.
@backends.difference what is the difference between a speech to speech model and a cascade / speech native or pipeline
A speech model hears and speaks by itself, so it keeps the tone of voice. A cascade turns speech into text, asks a language model, and speaks its text, so each part can be exchanged.
@openai.what what is openai realtime / tell me about gpt realtime / open ai voice api
OpenAI Realtime is a speech model behind one connection. It hears audio and answers with audio, and it can call functions. Parley uses its events as the common language.
@openai.voices which voices does openai have / marin and cedar / alloy echo shimmer
OpenAI has ten built-in voices. Marin and Cedar are the newest and the ones it recommends.
@openai.limits how long can an openai session last / sixty minutes session limit / when does a call expire
A session with OpenAI ends after sixty minutes and cannot be resumed. That is why Parley keeps the conversation itself.
@openai.beta what happened to the beta / preview protocol / old events no longer work
OpenAI switched the old beta protocol off in May twenty twenty six. Many old clients and servers still speak it.
@azure.what what is azure open ai / gpt realtime on microsoft azure / run openai models in my azure subscription
Azure OpenAI runs the same realtime models inside your own Azure resource. The events are the same, but the address names your deployment instead of a model.
@azure.signin how to sign in to azure / entra id or api key / authentication for microsoft
Azure accepts a key in the api key header, or a token from Microsoft Entra. A bearer token there always means Entra.
@voicelive.what what is voice live / azure voice live / microsoft speech agent service
Voice Live is Microsoft's managed voice service. It joins speech recognition, a choice of models, Azure voices, noise suppression and echo cancellation in one connection.
@voicelive.models which models does voice live offer / pro standard lite tiers
Voice Live groups its models in three tiers, called Pro, Standard and Lite. Some hear speech directly, and the others work as a chain of recognition, model and voice.
@voicelive.voices how many voices does voice live have / azure neural voices / dragon hd voices / hundreds of microsoft voices
Voice Live can speak with more than six hundred Azure voices in about a hundred and fifty locales, and some of them are high definition.
@voicelive.byom what is bring your own model / b y o m / use my own deployment in voice live
Bring your own model means that Voice Live does the listening and the speaking, and your own deployment in Foundry does the thinking. You choose it with a profile in the address.
@voicelive.avatar is there an avatar / talking face with lip movement / visemes
Voice Live can show a talking avatar, and it can send word times and lip shapes. The other services have nothing like it, except Gemini in some versions.
@gemini.what what is gemini live / google voice model
Gemini Live is Google's realtime voice model. It uses its own protocol, listens at sixteen kilohertz and speaks at twenty four.
@gemini.limits how long does a gemini connection last / resume a google session
A Gemini connection usually lasts about ten minutes. The service says goodbye in time and gives a handle, with which the session can be resumed.
@local.what what is the local backend / does it work without the cloud / offline on my own machine
The local backend runs on your own machine. It detects your voice, recognises the words, finds an answer and speaks it, without any key or account.
@local.engines which engines does the local backend use / silero moonshine flite / what is under the hood
Locally, Silero detects speech, Moonshine recognises English, and Flite speaks. All of them come with the installation.
@local.quality why does the local voice sound robotic / better local voice / bigger engines whisper kokoro
The built-in voice is small and quick, so it sounds a bit mechanical. You can choose bigger engines in the settings, and they are downloaded when you first use them.
@local.german do you speak german / can I talk in another language / does german work
German works after one download, for recognition and for the voice. English works at once. Typed German needs no download at all.
@turns.vad what is voice activity detection / how do you know that I am speaking / detect speech and silence / vad
Voice activity detection says for every short piece of sound how likely it holds speech. From that, Parley decides when your turn begins and ends.
@turns.semantic what is semantic turn detection / how is the end of a sentence understood
Semantic turn detection also looks at the meaning, so a pause for thought does not end your turn. The plain kind only measures silence.
@turns.silence you cut me off too early / how long must I pause / change the silence duration
A turn ends after a short silence, often half a second. If you are cut off, make the silence duration longer. If answers come late, make it shorter.
@turns.pushtotalk what is push to talk / hold a button while speaking / turn off automatic detection
With push to talk you hold a button while you speak and let it go to get an answer. It helps in noisy rooms, and turn detection is off then.
@turns.bargein can I interrupt you / what is barge in / stop talking when I speak
Yes, just start speaking. Parley stops the sound, cancels the answer, and remembers only the part that you have heard.
@turns.truncation what happens to the rest of an interrupted answer / words I did not hear / truncate the unheard text
The part you did not hear is cut from the conversation, so the next answer does not refer to words that were never played.
@latency.what how fast does it answer / what is the delay / latency response time
Latency is the time from the end of your speech to the first sound of the answer. The playground shows it for each turn, with the share of every step.
@latency.reduce how to make it faster / reduce or lower the delay / smaller latency / why is it slow / takes too long until you answer / long waiting time
Use a shorter silence window, a backend close to you, and a small language model. Parley speaks the first clause while the rest is still being written.
@transport.websocket what is a websocket / how does my server connect / stream audio over web socket
A WebSocket carries events and audio as text in both directions. It is the simple choice between servers, but lost packets delay everything behind them.
@transport.webrtc what is web r t c / webrtc or websocket for browsers / media over udp
WebRTC is made for live sound in browsers. It carries Opus audio over UDP, copes with lost packets and brings echo cancellation, so delays stay small.
@transport.phone can I use it on the phone / telephone calls sip twilio / call centre
Phone calls arrive by SIP or through a telephony service, as narrow band sound with eight thousand samples a second. OpenAI accepts SIP calls directly, Voice Live needs a bridge.
@audio.formats which audio formats are accepted / sample rate pcm g seven eleven
The usual format is sixteen bit PCM with one channel at twenty four kilohertz. For phone lines there is G seven eleven at eight kilohertz.
@audio.echo why does it hear itself / echo from my loudspeaker / headphones
Without echo cancellation the microphone hears the loudspeaker, and the assistant interrupts itself. Headphones help, and so does the echo cancellation of the browser.
@audio.noise background noise in the room / noise reduction suppression / it is loud here / traffic and background sounds
Noise reduction cleans the sound before speech is detected. OpenAI has settings for near and far microphones, and Voice Live has a deep noise suppression.
@tools.functions what are tools / function calling / can the assistant call my code or look things up
A tool is a function that your program offers. The model asks for a call with arguments, your program runs it and sends the result back, and the answer goes on.
@tools.mcp what is m c p / model context protocol server
MCP, the model context protocol, lets a voice service use tools on another server directly. You name the server once, and may ask for approval before each call.
@memory.what do you remember conversations / how does the memory work / what is stored from our talk / will you know next time what we talked about
Parley keeps every conversation under an id, message by message. A later session that names this id continues it, on any backend.
@memory.storage where is the data stored / which database sqlite postgres
Conversations are stored in SQLite, in a file on the machine of the gateway, so nothing that was acknowledged is lost in a crash.
@memory.delete delete my conversation / remove or erase my data / export
You can list, read, export and delete conversations through the gateway. Deleting really removes them.
@security.keys how to add an api key / where do I put my key / is my key safe
Keys belong into the environment of the gateway, never into a web page. The readme names the variable for each backend. Clients use a key of the gateway instead.
@security.privacy is it private / who can hear me / does my voice leave this computer / is my speech sent to a company / data protection / is this being recorded / does the recording stay here
With the local backend your voice stays on this machine. With a cloud backend the sound goes to that provider, under the terms of that provider.
@security.access who may connect to the gateway / open to the network / secure the server
The gateway listens only on this machine unless you set a key. It refuses to open itself to the network without one.
@cost.compare what does it cost / how expensive are the services / price per minute
Cloud services charge for tokens of sound, and output costs about twice as much as input. Small models cost a third or less. Prices change often, so look them up.
@cost.local is the local backend free / do I have to pay for parley
Parley is free, and so is the local backend. You only pay the providers whose cloud services you choose.
@speech.recognition how does speech recognition work / speech to text engine / why did you misunderstand me / transcript wrong words / how well do you understand names
Speech recognition turns your words into text. Names and short utterances are the hardest for it. A good microphone and full sentences help.
@speech.synthesis how does the voice work / text to speech / can I change your voice or speed / speak slower or faster
Text to speech turns the answer into sound, clause by clause, so that you hear the beginning early. You can choose the voice and its speed before the first answer.
@clients.sdk which client libraries can I use / official open ai sdk / connect my program / javascript library
Use the official clients of OpenAI, unchanged. Give them the address of the gateway as the base address, and they work.
@clients.protocol which protocol do you speak / realtime events ga / message format
Clients speak the events of the OpenAI Realtime interface, as JSON text over a WebSocket. Unknown fields are kept.
@clients.compare how do I compare two services / test several backends side by side / compare services with each other
Ask the same question on different backends in the playground, and compare the delay, the voices and the transcripts.
`
