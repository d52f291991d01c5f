/*
 * What tells that a person is being named: given names that are often met in Scottish schools, and words that stand
 * before a name. Given names are names of nobody in particular. Looked up by the keys of keys.ts.
 */
import { keysOf } from './keys.ts';

/** Given names that are hardly ever anything else: flagged in whatever letters they are written. */
export const GIVEN_NAMES = keysOf(`
aaron abbie abdul abdullah abigail adam aden ahmad ahmed aidan aiden ailsa aimee aisha alan alana alasdair albert alba
alejandro aleksander alesha alex alexander alexandra alexis alfie ali alice alicia alisha alison alistair amelia
amelie amina amira amy ana anastasia anderson andrei andrew angela angus anita ann anna anne anthony anya archie aria
ariana arlo arthur ava ayaan ayesha barry beatrice bella ben benjamin beth bethany blair bogdan bonnie brandon brian
brodie brogan bruce caitlin callum calum cameron cara carly carol caroline carter catherine catriona charles charlie
charlotte chelsea chloe chris christine christopher ciara claire clara cole colin connor conor cooper corey craig
daisy dan daniel danielle danny darcey darcy darren dave david dawid debbie declan denise diana dmytro dominic donald
douglas duncan dylan ebony eden edward eilidh elena eleanor elizabeth ella ellen ellie elliot elliott elsie emilia
emily emma eoin eric erin ethan eva evan eve evelyn evie ewan fatima fatma felicity fergus filip finlay finley fiona
florence fraser freddie freya gabriel gareth gary gavin gemma george georgia gordon graeme graham greg hamish hamza
hannah harley harris harrison harry harvey hassan heather heidi helen henry hollie holly hugo humza hussain iain isaac
matt mike brooke ian ibrahim igor imogen iman imran ines iona ioana irene iris isabella isabelle isla ivan jack
jackson jacob jade jaime jake jakub james jamie jane jan janet jasmin jasmine jason jay jayden jenna jennifer jenny
jess jessica jill jim jimmy joanna joanne joe joel john johnny jon jonathan jordan joseph josh joshua jude judith
julia julie juliette justin kacper kai kaitlyn kamil kara karen kate katherine kathleen kathryn katie katy kayden
kayla kayleigh keira keith kelly ken kenneth kenzie kerr kerry kevin khadija kian kieran kim kirsten kirsty kyle lacey
lachlan lana laura lauren layla leah leanne lee leila lena lennon leo leon lewis lexi liam lily linda lisa logan lorna
louis louise lucas lucia lucy luis luka lukas luke lydia lyla lynn lynne mackenzie maddison madison maia maisie
malcolm malik marc marcus margaret maria mariam marie martin mary maryam mason matthew matteo maya megan mehmet mia
michael michal michelle mila millie mirren mohamed mohammad mohammed molly morgan muhammad murray mustafa myla naomi
natalia natalie natasha nathan neil niall niamh nicholas nicola nicole nina noah noor nora norah oksana oleksandr
olena oliver olivia ollie olly omar orla oscar owen paige pamela patricia patrick paul pauline penelope peter petra
philip phoebe piotr poppy priya rachel raheem rania rebecca reece rhys rian richard riley roan rob robbie robert robin
robyn roman ronan rory rosie ross rowan ruairidh ruaridh ruby ryan sabrina saffron sally sam samantha samir samuel
sandra sara sarah saskia scott sean sebastian selena shannon sharon shaun sheila shona simon siobhan skye sofia
solomon sonia sophia sophie stacey stella stephanie stephen steve steven stewart struan stuart susan suzanne syed
sylvia tamara tara taylor tegan teresa tess thea theo theodore thomas tiffany tim timothy toby tom tommy tony tracey
tyler valentina vanessa vera victor victoria vlad volodymyr wendy wiktor william wojciech xander yasmin yusuf yuliia
zac zach zachary zain zainab zak zara zoe zofia zuzanna
احمد محمد محمود مصطفي عثمان خالد حسن حسين يوسف ابراهيم اسماعيل عبدالله عبدالرحمن عبدالعزيز عبد فاطمه عايشه عائشه مريم
زينب خديجه سلمي ليلي نوره ساره ياسمين اسماء رانيا دينا هبه سميره طارق زياد ياسر سامي سامر رامي وليد ماجد فيصل سلطان
حمزه بلال ايمن باسم علاء عمار رشيد سليمان موسي عيسي داود هارون زكريا يحيي
`);

/** Given names that are words too: flagged where they are written like a name, or stand where a name may follow. */
export const NAMES_THAT_ARE_WORDS = keysOf(`
amber april art august autumn bill brook buster chance dawn faith frank grace grant hazel heath honey hope hunter ivy jean
joy june lane mark max may melody miles miller nick olive parker pat penny peg pierce ray reed rich river robin rocky rose
rusty sky star summer sunny tad troy violet wade ward will willow winter
علي امل نور جمال كريم عمر سليم سعيد سعيده رنا مني هدي هاني عادل ربيع سعاد انس وفاء امير اميره فرح
`);

/** Titles that nothing but a name follows. */
export const TITLES = keysOf(
  'mr mrs ms mx dr prof mister missus rev السيد السيده الاستاذ الاستاذه استاذ استاذه الدكتور الدكتوره دكتور دكتوره الشيخ الانسه مسز',
);

/** Words for a person, after which the name may follow. */
export const PERSON_WORDS = keysOf(`
aunt auntie aunty babysitter bestie boy boyfriend brother buddy bully captain carer classmate coach cousin dad daddy depute
doctor father friend girl girlfriend gran grandad grandma grandpa granny guy head headmaster headteacher helper kid lad
lassie madam mate miss mother mum mummy nan nana neighbour nephew niece nurse pal papa partner pastor priest principal
pupil sir sister stepbrother stepdad stepmum stepsister student teacher tutor twin uncle worker
معلم معلمه معلمي معلمتي المعلم المعلمه استاذي استاذتي مدرس مدرسي مدرستي المدرس مس ابله مدير مديره المدير المديره مدرب مدربي
المدرب صديق صديقي صديقتي زميل زميلي زميلتي اخي اختي اخ اخت ابن ابني بنت ابنه عمي عمتي خالي خالتي جدي جدتي جاري جارتي ابو ام
ابي امي بن طالب طالبه
ٹیچر دوست بھاىی بھائی بہن استاد چچا
`);

/** Words that say how somebody is called: whatever follows is a name. */
export const NAMING_WORDS = keysOf(
  'called named nicknamed name names surname nickname اسمي اسمه اسمها اسم يدعي تدعي ونام نام یسمي يسمي',
);

/** Words that may stand between a person and the name. */
export const LINKING_WORDS = keysOf('is was s are whose his her their my s the it there at in ہے');

/** Places where people have a name of their own choice. */
export const SOCIAL_WORDS = keysOf(`
snap snapchat insta instagram ig tiktok tik tok discord roblox facebook fb whatsapp youtube twitch steam twitter telegram psn
xbox gamertag username user handle سناب سنابي انستا انستغرام انستقرام تيكتوك ديسكورد واتساب فيسبوك يوتيوب حسابي يوزر
`);

/** Ends of the names of streets that say little else. */
export const STREET_ENDS = keysOf(
  'street st road rd avenue ave lane crescent cres terrace drive wynd brae loan gardens grove quay boulevard close',
);

/** Words before the name of a street in Arabic script. */
export const STREET_STARTS = keysOf('شارع حي زقاق عماره حاره طريق میدان ميدان گلی محله');

/** Words before a class in Arabic script. */
export const CLASS_STARTS = keysOf('الصف صف صفي فصل الفصل فصلي شعبه الشعبه جماعت');
