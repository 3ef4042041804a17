import type { Item } from '../../events/items.ts'

/** A long conversation, and words of it that a summary should still hold. */
export interface Talk {
  readonly items: readonly Item[]
  /** What was planted: the exact words of names, numbers, decisions and wishes. */
  readonly planted: readonly string[]
}

type Line = readonly ['user' | 'assistant', string]

/** Lines that matter, each with the words that must survive, and where they come: after so many lines of chatter. */
interface Script {
  readonly facts: readonly (readonly [...Line, planted: string])[]
  readonly chatter: readonly Line[]
  /** Lines of chatter between two facts. */
  readonly gap: number
}

/** A hotel's telephone, in English: 20 facts in some 140 lines of talk. */
export const hotelTalk: Talk = talkOf({
  gap: 6,
  facts: [
    ['user', 'Hi there, my name is Philippa Okonkwo, I am calling about a stay in May.', 'Philippa Okonkwo'],
    ['user', 'We would arrive on Thursday the 14th of May, late in the evening.', '14th of May'],
    ['user', 'There will be four of us, two adults and two children.', 'two children'],
    ['assistant', 'The family room costs 189 euros a night with breakfast.', '189 euros'],
    ['user', 'My younger son is allergic to peanuts, so please keep that in mind.', 'allergic to peanuts'],
    ['assistant', 'I have booked the family room for you under the number HK-20417.', 'HK-20417'],
    ['user', 'You can reach me at 0171 555 0198 until seven in the evening.', '0171 555 0198'],
    ['user', 'Actually, make it three nights instead of two, if you can.', 'three nights'],
    ['user', 'I do not want a room near the lift, I sleep very badly.', 'near the lift'],
    ['assistant', 'Our manager Mr. Lindqvist will call you back on Monday about the cot.', 'Lindqvist'],
    ['user', 'We will come by train and need a taxi from the station at 22:40.', '22:40'],
    ['user', 'What does it cost if we have to cancel a week before?', 'cancel a week before'],
    ['assistant', 'Cancelling is free until the 7th of May, after that it is half the price.', '7th of May'],
    ['user', 'My company pays, please send the bill to Okonkwo Design Limited.', 'Okonkwo Design Limited'],
    ['user', 'The mail address for the bill is accounts@okonkwo.example.', 'accounts@okonkwo.example'],
    ['user', 'My wife would love tickets for the opera on Saturday.', 'opera on Saturday'],
    ['assistant', 'I found two seats in row 12 for 64 euros each.', 'row 12'],
    ['user', 'Agreed, we take the seats in the twelfth row, please order them.', 'we take the seats'],
    ['user', 'Please remember that we never want the room cleaned before noon.', 'before noon'],
    ['user', 'One question is still open: may we bring our dog, a small terrier?', 'bring our dog'],
  ],
  chatter: [
    ['assistant', 'Of course, I am happy to help you with that today.'],
    ['user', 'Great, thank you very much.'],
    ['assistant', 'Let me have a look, this may take a moment, our system is a bit slow today.'],
    ['user', 'No problem, take your time.'],
    ['assistant', 'Thank you for waiting, it is really nice weather here by the way, everybody is in the garden.'],
    ['user', 'Oh lovely, here it has been raining the whole week and nobody goes out.'],
    ['assistant', 'I hope it gets better soon. The garden is beautiful when the sun shines and the birds sing.'],
    ['user', 'Yes, I can imagine that it must be very pretty there.'],
    ['assistant', 'Many guests tell us that they like to sit there with a cup of tea and read the paper.'],
    ['user', 'That sounds good to me, I like to sit and do nothing at all.'],
    ['assistant', 'Is there anything else that I can do for you while we are at it?'],
    ['user', 'Let me think for a second, there was something else I wanted to say.'],
    ['assistant', 'Sure, there is no hurry at all, I am here as long as you need me.'],
  ],
})

/** An insurance's telephone, in German: 20 facts in some 140 lines of talk. */
export const insuranceTalk: Talk = talkOf({
  gap: 6,
  facts: [
    ['user', 'Guten Tag, mein Name ist Friedemann Ostertag, ich möchte einen Schaden melden.', 'Friedemann Ostertag'],
    ['user', 'Meine Vertragsnummer ist VS 88 214 903.', '88 214 903'],
    ['user', 'Das Wasser kam am Sonntag, dem 8. November, durch die Decke im Bad.', '8. November'],
    ['user', 'Ich wohne im dritten Stock in der Lerchenstraße 27 in Tübingen.', 'Lerchenstraße 27'],
    ['assistant', 'Der Schaden ist unter dem Zeichen KX-5502 aufgenommen.', 'KX-5502'],
    ['user', 'Die Handwerker von der Firma Brodbeck schätzen 3.400 Euro.', '3.400 Euro'],
    ['user', 'Erreichbar bin ich unter 07071 998877, aber nur vormittags.', '07071 998877'],
    ['assistant', 'Unsere Gutachterin Frau Demirel kommt am Mittwoch zwischen acht und zehn Uhr.', 'Demirel'],
    ['user', 'Nein, am Mittwoch kann ich nicht, bitte lieber am Freitag um 14 Uhr.', 'Freitag um 14 Uhr'],
    ['assistant', 'Gut, dann machen wir Freitag, das ist vereinbart.', 'machen wir Freitag'],
    ['user', 'Meine Mutter ist pflegebedürftig und darf nicht allein bleiben.', 'pflegebedürftig'],
    ['user', 'Zahlen Sie auch das Hotel, wenn wir nicht in der Wohnung bleiben können?', 'auch das Hotel'],
    ['assistant', 'Ein Hotel zahlen wir bis zu 90 Euro in der Nacht für höchstens 14 Nächte.', '90 Euro'],
    ['user', 'Bitte merken Sie sich, dass der Schlüssel bei der Nachbarin Kasulke liegt.', 'Kasulke'],
    ['user', 'Meine Selbstbeteiligung ist 250 Euro, so steht es im Vertrag.', '250 Euro'],
    ['assistant', 'Wir überweisen einen Vorschuss von 1.000 Euro bis Ende der Woche.', '1.000 Euro'],
    ['user', 'Die IBAN endet auf 4471, die haben Sie ja schon.', '4471'],
    ['user', 'Ich brauche außerdem ein Gerät zum Trocknen, das sehr leise ist.', 'Gerät zum Trocknen'],
    ['user', 'Schicken Sie mir das bitte an ostertag@post.example.', 'ostertag@post.example'],
    ['user', 'Offen ist noch die Frage, wer die Tapete im Flur bezahlt.', 'Tapete im Flur'],
  ],
  chatter: [
    ['assistant', 'Sehr gerne, dabei helfe ich Ihnen natürlich.'],
    ['user', 'Vielen Dank, das ist sehr nett von Ihnen.'],
    ['assistant', 'Einen Moment bitte, ich schaue kurz nach, das System ist heute etwas langsam.'],
    ['user', 'Kein Problem, ich habe Zeit mitgebracht.'],
    ['assistant', 'Danke für Ihre Geduld, so etwas ist ja immer sehr ärgerlich für alle Beteiligten.'],
    ['user', 'Ja, das kann man wohl sagen, man rechnet ja auch nicht mit so etwas.'],
    ['assistant', 'Das geht vielen so, und meistens kommt es dann, wenn man es am wenigsten brauchen kann.'],
    ['user', 'Genau so ist es, wir wollten eigentlich ein paar Tage wegfahren.'],
    ['assistant', 'Das tut mir leid zu hören, hoffentlich können Sie das bald nachholen.'],
    ['user', 'Das hoffe ich auch, das Wetter soll ja wieder besser werden.'],
    ['assistant', 'Gibt es sonst noch etwas, das ich für Sie tun kann?'],
    ['user', 'Lassen Sie mich kurz überlegen, da war noch etwas, das ich sagen wollte.'],
    ['assistant', 'Natürlich, lassen Sie sich ruhig Zeit damit.'],
  ],
})

function talkOf({ facts, chatter, gap }: Script): Talk {
  const lines = facts.flatMap(([role, text], index): readonly Line[] => [
    [role, text],
    ...Array.from({ length: gap }, (_, at): Line => chatter[(index * gap + at) % chatter.length] ?? ['user', 'Hm.']),
  ])
  const items = lines.map(([role, text], index): Item =>
    role === 'user'
      ? { id: `item_${index}`, type: 'message', role, content: [{ type: 'input_text', text }] }
      : { id: `item_${index}`, type: 'message', role, content: [{ type: 'output_text', text }] },
  )
  return { items, planted: facts.map(([, , words]) => words) }
}
