"""The words of pasted tests, in some languages: ours of the format are in `source`, these are what people write.

Each is a piece of a regular expression; to teach another language, add its words.
"""


def any_of(*words: str) -> str:
    """A pattern for one of these."""
    return f"(?:{'|'.join(words)})"


def listed(text: str) -> str:
    """A pattern for one of the words of a text, a line each or divided by commas; a space stands for any."""
    words = [word.strip() for word in text.replace("\n", ",").split(",")]
    return any_of(*(word.replace(" ", r"\s+") for word in words if word))


QUESTION = listed(
    """question, quest, q, frage, aufgabe, pregunta, domanda, vraag, pergunta, pytanie, вопрос, السؤال, سؤال, שאלה
    问题, 題問, 問, 第, (?:fr|nr|no)(?=\\.|\\s?#)"""
)
PAGE = listed("page, seite, página, pagina, p\\., стр\\.?, 第")
ANSWER = listed(
    """(?:the )?(?:correct|right|best) (?:answers?|choices?|options?)(?: (?:is|are))?, answers?(?: key)?(?: is)?, ans
    correct, key, solutions?, (?:richtige|korrekte) antwort(?:en)?, antwort(?:en)?, lösung(?:en)?, richtig
    bonnes? réponses?, réponses?, respuestas?(?: correctas?)?, rispost[ae](?: corrett[ae])?, respostas?(?: corretas?)?
    (?:juiste )?antwoord(?:en)?, (?:poprawna )?odpowiedź, (?:правильный )?ответ, الإجابة(?: الصحيحة)?, الجواب, תשובה
    正确答案, 參考答案, 参考答案, 答案, 正解, 答え, 答"""
)
EXPLANATION = listed(
    """explanation, rationale, (?:general )?feedback, reason(?:ing)?, why, comments?, erklärung, begründung, rückmeldung
    explication, explicación, spiegazione, explicação, uitleg, пояснение, объяснение, الشرح, التفسير, הסבר
    解析, 解説, 说明"""
)
HINT = listed("hints?, clue, hinweis, tipp, indice, pista, подсказка, تلميح, רמז, 提示, ヒント")
POINTS = listed("points?, marks?, score, weight, worth, punkte?, puntos?, баллы?, 分值, 配点")
MODEL = listed("(?:model|sample|suggested|example|expected) (?:answer|response)s?, musterlösung, réponse type")
OTHER = listed(
    """difficulty, level, topics?, category, objectives?, learning (?:objective|outcome)s?, reference, ref, source
    bloom(?:'s)?(?: \\w+)?, taxonomy, tags?, keywords?, type, question type, schwierigkeit, thema, quelle, niveau
    dificultad, 난이도, 难度"""
)
BECAUSE = listed("because, since this, weil, denn, parce que, porque, perché, omdat, потому что, لأن, כי")
KEY_TITLE = listed(
    """(?:the )?answers?(?: (?:key|sheet))?, key, solutions?, lösungen, lösungsschlüssel, antworten, réponses, corrigé
    respuestas, soluzioni, risposte, antwoorden, ответы, الإجابات, 答案, 正解"""
)
POINTS_BEHIND = listed("points?, pts?\\.?, marks?, punkte?, puntos?, punti, pkt\\.?, баллы?, балла, نقاط, درجات, 分, p")
INSTRUCTION = listed(
    """choose, select, answer, circle, tick, mark, read, complete, fill, write, underline, match, indicate, decide
    for each, instructions?, directions?, note\\b, wählen?, kreuzen?, beantworten?, markieren?, anweisung, lesen?
    ergänzen?, choisissez, cochez, elija, elige, seleccione, scegli, kies, выберите, اختر, 选择, 次の"""
)
SECTION = listed(
    """section, part, chapter, unit, module, teil, abschnitt, kapitel, partie, parte, sección, deel, часть
    第.{1\\,3}[章部节]""".replace("1\\,3", "1;3")
).replace("1;3", "1,3")
SEVERAL = any_of(
    r"(?:select|choose|check|tick|mark|pick|circle)\s+(?:all|every|any|two|three|four|2|3|4|as many)\b",
    r"all that apply", r"which of the following are\b", r"mehrere", r"alle zutreffenden",
    r"welche der folgenden .{1,60} sind", r"plusieurs", r"toutes les", r"todas las", r"多选", r"多選", r"複数",
)  # fmt: skip
TRUE = listed("true, t, richtig, wahr, vrai, verdadero, vero, juist, верно, صح, 对")
FALSE = listed("false, f, falsch, faux, falso, onjuist, неверно, خطأ, 错")
OR = listed("/, \\bor\\b, \\boder\\b, \\bou\\b, \\bo\\b, \\|")
CORRECT = listed(
    """correct, right, true, answer, key, correct answer, right answer, richtig, korrekt, correcto, correcta, juste
    bonne réponse, giusto, esatto, goed, верно, صحيح, 正解, 正确"""
)
WRONG = listed("wrong, incorrect, falsch, incorrecto, faux, sbagliato, fout, неверно, خطأ")
TRUE_FALSE = (
    ("true", "false"), ("t", "f"), ("richtig", "falsch"), ("wahr", "falsch"), ("vrai", "faux"),
    ("verdadero", "falso"), ("vero", "falso"), ("juist", "onjuist"), ("waar", "onwaar"), ("prawda", "fałsz"),
    ("верно", "неверно"), ("صح", "خطأ"), ("صواب", "خطأ"), ("נכון", "לא נכון"), ("对", "错"), ("對", "錯"),
    ("正しい", "間違い"), ("yes", "no"), ("ja", "nein"),
)  # fmt: skip
