/**
 * What people say to a voice agent, in English, as a recogniser writes it: no punctuation. A bar is a pause inside
 * the turn, so that what stands before it is unfinished; the whole line is a finished turn. Many of the pauses
 * stand where the sentence could have ended.
 */
export const englishTurns = `
i would like to book a table for | two people tomorrow evening
can you tell me what the weather is like in | boston this weekend
my name is | sarah mitchell
i was calling because | my last invoice looks wrong
yes
no thank you
that sounds good
what time do you close
i need to change my flight from | monday to wednesday
could you repeat that please
the order number is | four seven one nine two
my phone number is five five five | zero one | four two seven six
it started yesterday | after i installed the update
i think | we should move the meeting to friday
the package never arrived and | i already paid for it
how much does the premium plan cost
is there a way to | cancel without a fee
i'm not sure if | i can make it on thursday
let me check | my calendar
okay let's do that
hmm | i guess the second one
what's the difference between the | basic and the business account
i've been waiting for three weeks
do you have anything cheaper
please send it to | my office address
the address is twelve | maple street
i want to know whether | the warranty still applies
she told me that | you could help with the refund
turn on the lights in the | living room
set a timer for | twelve minutes
remind me to call my mother | when i get home
play some jazz
what's on my calendar today
how do i reset | my password
i forgot my password
it's not working
it says error | four oh four
i tried restarting it but | it still doesn't connect
the printer is making a | strange noise
well | it depends on the price
can i talk to a real person
i'd like to speak with the | manager
we are a group of | eight adults and three children
i'm looking for a | gift for my father
he likes fishing and | old movies
maybe something under | fifty dollars
that's too expensive
the blue one please
do you ship to | canada
how long does delivery take
i would rather | pick it up at the store
my account number is | eight eight two | one zero five
it ends in | three four nine
you can reach me at | six one seven | five five five | nine nine one two
my email is john | at example dot com
the reservation is under | peterson
for how many nights
we arrive on the fourteenth of | june
we will stay until | sunday
is breakfast included
i have an allergy to | nuts
actually | could we sit outside
sorry i meant | next tuesday
no not that one
i don't think so
i agree
absolutely
not really
sure go ahead
the doctor said i should | take it twice a day
it hurts when i | bend my knee
since when have you had | these symptoms
about a week
i had a fever on monday | but it went away
i take blood pressure | medication
do i need a referral
what should i bring to the | appointment
who is calling
this is michael from | the finance team
i sent you the report | last night
did you get a chance to | look at it
the numbers for the third quarter are | lower than expected
we lost two customers because | the migration took too long
the deadline is the | end of march
could you walk me through | the next steps
i'll send you a summary after | the call
can everyone see my screen
let's move on to | the budget
the main problem is that | nobody owns the process
on the one hand it's cheaper | on the other hand it's slower
if we start now | we can finish by december
unless | they change the requirements
when did you say | the contract expires
what do you think about | the new design
it looks great but | the font is too small
i like it
tell me a joke
what is the capital of | australia
how far is it to the | nearest gas station
take me to the airport
avoid | toll roads
how many calories are in | an avocado
translate good morning into | japanese
who wrote | the old man and the sea
why is the sky blue
explain how a | heat pump works
give me three ideas for | a birthday party
summarize the second | paragraph
read me the first email from | daniel
delete the last | message
write to anna that | i'll be ten minutes late
turn it down a little
stop
next song please
i used to live in | chicago
i moved here in two thousand | eleven
my brother lives in denver | and my sister lives in austin
we went to the lake on saturday | and on sunday we stayed home
i'm twenty | seven years old
she's the one who | helped me last time
there was a problem with | my payment
the card was charged | twice
the total was one hundred and | forty two dollars
i bought it on the third of | may
the serial number is a b | seven seven | k nine
it's a laptop that i bought | from your online store
i was wondering if you could | extend my trial
thank you very much
that's all i needed
goodbye
have a nice day
um | i'm looking for the billing department
so basically | the app crashes every time i open it
you know | the thing with the two handles
like i said | i already talked to your colleague
it was uh | in the spring i think
first i opened the settings | then i clicked on network
in order to | finish the setup i need a code
the code is nine one | three three | zero two
my date of birth is march | twelfth nineteen eighty four
it's at quarter past | six
around noon
between ten and | eleven thirty
either monday or | tuesday works for me
both of them
neither
i'd say | about a third of our revenue
most of our customers are | small companies
we mainly sell | spare parts
would you mind | holding for a second
hold on
one moment please
because it was raining
as far as i know | the shop is closed on mondays
to be honest | i expected more
i'm afraid i | can't help you with that
should i call back later
which one do you recommend
where did you park | the car
the meeting with the client from | germany went well
she asked me to | forward the document
they have | agreed to the price
we are | still waiting for an answer
it will be | ready by noon
i can | come by tomorrow
he doesn't | want to talk about it
that would be | really helpful
do you know where my | keys are
the restaurant on the corner of | fifth and main
a friend of mine | works there
my favorite | color is green
a bottle of | sparkling water please
two large pizzas | and a salad
with extra cheese
without | onions please
can you make that | three
for here or to go
`
