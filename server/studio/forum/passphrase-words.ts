import { wordlist } from '@scure/bip39/wordlists/english.js';
import { namesHarm } from '../../core/forum/harm-words.ts';
import type { LanguageCode } from '../../web/language.ts';

/*
 * Words that pass-phrases are made of. English ones are those of BIP 39, which no two of begin with the same four
 * letters, without what nobody should be greeted with; Arabic ones are everyday things, written for Heard.
 */

const LONGEST_WORD = 7;
const UNFIT = new Set(
  'alcohol arrest attack beer blame blast blood bomb boss bullet burden burst casino cigar clinic crash crime cruel cry curse damage danger death debt defy demise deny despair destroy devil dirt disease divorce drama drunk dumb dust enemy evil exile fat fatal fear fetch fever fiscal flee force ghost gloom grief guilt gun harsh hazard hurt idiot infant injury insane jail jealous junk kidney kill lawsuit liar limb lonely loser lost lottery mad mask mercy misery monster naive nasty nerve neglect nuclear obey odor pain panic pelvis penalty pig pistol poison police poverty prison punish puppet rage rebel rifle risk rotten sad satan scare sexy shame shock shoot sick sin skull slave slender slim snake sniff spike spy stomach strike suffer surgery sword tank thief threat toxic tragic trap trash trauma ugly uncover vague venom victim violin virus wage war weapon weird wild wine worry worse wound wreck wrong'.split(
    ' ',
  ),
);

const ARABIC =
  'قمر شمس نجمة غيمة مطر ثلج ريح نهر بحر جبل وادي صحراء غابة شجرة وردة زهرة ورقة غصن بذرة حقل بستان تفاح موز برتقال عنب تين رمان تمر بطيخ خوخ كرز ليمون جزر خيار طماطم بصل نعناع قمح خبز جبن عسل حليب أرز حساء كعك سكر ملح شاي قهوة قط كلب حصان جمل خروف بقرة دجاجة بطة حمامة عصفور نسر بومة سمكة حوت دلفين سلحفاة أرنب غزال فيل زرافة قرد دب ثعلب نملة نحلة فراشة بيت باب نافذة سقف جدار درج غرفة مطبخ طاولة كرسي سرير مصباح ساعة مرآة سجادة ستارة مفتاح صندوق سلة كوب صحن ملعقة إبريق كتاب قلم دفتر حقيبة مدرسة لوحة خريطة صورة لون أزرق أحمر أخضر أصفر أبيض بنفسجي كرة دراجة قارب سفينة قطار حافلة طائرة سيارة جسر طريق محطة مدينة قرية سوق حديقة ملعب مكتبة متحف برج قلعة خيمة شاطئ رمل موجة جزيرة لؤلؤة حجر ذهب فضة حديد خشب قطن حرير صوف قبعة قميص معطف حذاء جورب خاتم عقد مظلة نظارة عود طبل ناي أغنية لعبة'.split(
    ' ',
  );
const ENGLISH = wordlist.filter((word) => word.length <= LONGEST_WORD && !UNFIT.has(word) && !namesHarm(word));

/** The words that a member who reads a language is given; English ones where there are no others yet. */
export function passphraseWords(language: LanguageCode): readonly string[] {
  return language === 'ar' ? ARABIC : ENGLISH;
}
