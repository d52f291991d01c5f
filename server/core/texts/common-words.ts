/*
 * Words that are no names, however they are written: what children write most about school, friends, home and where
 * they live. A word that is missing here is flagged once too often, which costs a moment; a name that stands here would
 * be missed, so no word goes in that is mostly a name. Looked up by the keys of keys.ts.
 */
import { keysOf } from './keys.ts';

const ENGLISH = `
a able about above absolutely across actually adult adults advert after afternoon again against age ago agree ahead air
all allow allowed almost alone along already also always am amazing an and angry animal animals annoyed annoying another
answer any anybody anymore anyone anything anyway anywhere apart app apps are area aren around art as ask asked asking
at ate attention autumn away awful awkward baby back bad bag ball basketball be beach bear beat because become bed been
before begin behind being believe below bench benches best better between big bigger bike bikes bin bins bird birds bit
black block blue board boat body book books bored boring both bother bottle bottom box boy boyfriend boys break
breakfast breaks brilliant bring broken brother brothers brown build building bullied bullies bully bullying burn bus
buses bush busy but buy by calm came can car care cared carer carers careful cares cars cat cats cause centre chance
change changed changes changing chat cheap cheaper cheer chicken child children choice choices choose church cinema
class classes classmate classmates classroom clean cleaner clear clever close closed closer clothes club clubs coach
coaches cold come comes coming community computer computers cook cool corner corridor cost could couldn council count
country couple course court cousin cousins crime cross cry crying cup cut cycle cycling d dad dads dance dancing
dangerous dark day days dead deal dear decide definitely depressed desk did didn die different difficult dinner dinners
dirty disability do doctor doctors does doesn dog dogs doing don done door doors down drama draw drawing drink drinking
drive drop drugs during dying each earlier early earth easier easily easy eat eating education eight either else email
end enjoy enough equal equipment especially even evening events ever every everybody everyday everyone everything
everywhere exam exams except excited exercise expensive explain extra eye face fact fair fall families family far fast
favourite fear feel feeling feelings feels fence few field fields fight fighting fights fill film find fine finish fire
first five fix flat floor flowers follow food foot football for foreign forest forget form four free freedom fresh
friday friend friendly friends friendship from front fruit full fun funny further future game games gaming garden gate
gave gay gender get gets getting girl girlfriend girls give given gives giving glad go goals god goes going gonna good
got gran grandad grandma grandparents granny grass grateful great green grey ground group groups grow grown grownups
guess guys gym had hair half hall hand hands hang hanging happen happened happens happier happily happy hard hardly
hasn hat hate hated hates have haven having he head headteacher health healthier healthy hear heard heart heating help
helped helpful helping helps her here hers herself hi high hill him himself his history hit hits hobby holiday holidays
home homes homework honest honestly hope hopefully horrible horse hospital hot hour hours house houses how huge human
hungry hurt hurts i ice idea ideas if ignore ignored im important improve in include included including inside instead
interesting internet into involved is isn it its itself jackets job jobs join joke jokes judge judged just keep keeps
kick kicked kid kids kind kinder kindness kitchen knew know knows lake land language languages large last late later
laugh laughed lazy learn learned learning least leave leaves leaving left less lesson lessons let lets library lie life
light lights like liked likes line list listen listened listening listens litter little live lived lives living ll local
locker lonely long longer look looked looking looks lose lost lot lots loud love loved lovely loves low lunch lunches
lunchtime m machine mad made mainly make makes making man many match mate mates maths matter may maybe me meal meals
mean means meet men mental mess messages met middle might mind mine minute minutes miss missed mom moment money month
months mood more morning most mostly mother move moved movie much mum mums music must my myself name names nature near
nearly need needed needs neighbour neighbourhood neighbours neither nervous never new news next nice nicer night nine no
nobody noise noisy none nope normal not nothing notice now number nurse of off offended often oh ok okay old older on
once one ones online only open opened opinion opinions or orange order other others ought our ours ourselves out outdoor
outdoors outside over own page paid paint pals panic paper parent parents park parks part parties party past path paths
pavement pay peaceful pencil people perhaps period person phone phones physical piano pick picked picture pictures pitch
pitches pizza place placed places plan planet plants play played player players playground playing playpark please
plenty pocket point points police polite pollution poo pool poor popular positive possible post pressure pretty price
prices primary private probably problem problems project properly proud public pull punch punched pupil pupils push
pushed put puts putting question questions quick quickly quiet quieter quite race racism racist rain rainy ran rather re
read reading real really reason red relax remember respect respected rest rich ride right river road roads room rooms
round rubbish rude rugby rule rules run running s sad sadder safe safely safer safety said same saturday save say saying
says scare scared scary school schools science screen sea seat second secondary see seem seems seen self send sense
serious set seven several sex sexist shall share she shelter shop shopping shops short should shouldn shout shouted
shouting shouts show shower shut shy sick side sing singing sister sisters sit six size skate skatepark skip sky sleep
sleeping slide slow small smaller smell smoke smoking snacks snow so social sofa some somebody someone something
sometimes somewhere soon sorry sort sound space spare speak special spend spoke sport sports spot spring staff stage
stairs stand start started starts stay step still stomach stop stopped stops stories story stranger strangers street
streets stress stressed stressful strict strong student students studying stuff stupid subject subjects such suddenly
suggest sum summer sun sunday sunny sunshine support supported supportive suppose sure swim swimming swings t table take
taken takes taking talk talked talking talks tea teach teacher teachers team teams teenagers teeth tell telling tells ten
tennis terrible test tests text than thank thanks that the their them themselves then there these they thing things
think thinking thirsty this those though thought three through throw thursday tidy time times tired to today toddler
together toilet toilets told tomorrow tonight too took top touch toward towards town toys track traffic train trains
transport travel treat treated trees tree tried trip trips trouble true trust trusted try trying tuesday turn tv two ugly
uncomfortable under understand understanding understood unfair uniform unkind unless unsafe until up upset us use used
useful using usually vape vapes vaping ve very video videos voice volunteer wait waiting wake walk walking walks wall
wanna want wanted wants warm was wasn watch watching water way ways we weak wear weather wednesday weed week weekend
weekends weekly weeks weird well went were weren wet what whatever when whenever where whether which while white who
whole whom whose why wifi wild will win wind window winter wish with without woman women won wonder wood woods word words
work worker workers working works world worried worries worry worse worst would wouldn write writing wrong yard yeah year
years yellow yes yesterday yet yoga you young younger your yours yourself youth zebra zone
monday april august december february january july june march november october september
american arabic asian brazilian british chinese christian christmas diwali dutch easter eid english european french gaelic
german halloween hindu irish italian japanese jewish muslim pakistani polish punjabi ramadan romanian scot scotland
scottish scots sikh spanish syrian ukrainian urdu welsh
adhd asn covid dm dvd facebook fifa fortnite google ict instagram internet laptop lgbt lgbtq minecraft netflix nhs pc pe
playstation ps roblox rmps snapchat spotify tiktok twitter usa uk whatsapp wii xbox youtube ipad ipads iphone chromebook
`;

const ARABIC = `
في من على الى عن مع هو هي هم هن انا انت نحن هذا هذه ذلك تلك التي الذي الذين ما ماذا لا لم لن ليس ليست ان انه انها كان كانت
يكون تكون او ثم لكن بل اذا لو كل بعض جدا كثيرا قليلا دائما احيانا ابدا ايضا هنا هناك عند عندما عندي قبل بعد بين تحت فوق حتى
منذ كيف اين متى لماذا لان لانه لانها يا نعم قد سوف به بها له لها لهم لي لنا معي معه معها يوم اليوم الان شيء اشياء مكان
المكان المدرسه مدرسه البيت بيت الحديقه حديقه الملعب ملعب الطعام طعام الوقت وقت اريد نريد احب يحب تحب اكره اتمني افضل اكثر
اقل جيد جيده جميل جميله كبير كبيره صغير صغيره لطيف لطيفه طيب طيبه سيء سيئه حزين حزينه سعيد سعيده خائف خائفه غاضب يضرب يضربني
تضربني يصرخ تصرخ يقول تقول قال قالت يساعدني تساعدني يلعب تلعب العب نلعب اللعب المعلمين المعلمون الاصدقاء اصدقاء الناس
الاطفال الجميع احد شخص وانا وهو وهي ولا وفي ومن ومع وعلي علينا عليه عليها تنمر التنمر الحافله الطريق الشارع والدي والدتي
غرفه غرفتي الدرس الدروس الواجبات صف الصف اصبح يجب ممكن يمكن مساعده المساعده الهدوء هدوء امان الامان آمن
`;

/** Whether a key is that of a word which is no name. */
export function isCommonKey(key: string): boolean {
  return COMMON.has(key);
}

const COMMON = keysOf(`${ENGLISH} ${ARABIC}`);
