// SPDX-License-Identifier: Apache-2.0
/* Trees that the network may give, and what grammar makes of them; and trees it must leave alone. */
#include "parse/mend.h"
#include "parsed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static parsed p;
static mend_tables tables;
static irregular_forms irregular;

/* Reads the rows, gives each word its English tag (blank between) and mends. */
static void mend(const char *rows, const char *tags) {
    parsed_read(&p, rows, 0);
    span rest = span_of(tags);
    for (u32 i = 0; i < p.r.tokens.count; i++) {
        token *t = &p.r.tokens.items[i];
        t->xpos = (u8)xpos_find(span_next_field(&rest, ' '));
        t->lemma = t->upos == UPOS_PROPN ? t->form : t->lower;
    }
    mend_sentence(&(mending){&tables, &irregular, &p.r, &p.r.sentences.items[0]});
}

/* Word `index`, from 1, hangs on word `head` (0: root) as `relation`. */
static void expect(u32 index, u32 head, deprel relation) {
    const token *t = &p.r.tokens.items[index - 1];
    assert_int_equal(t->head == NONE ? 0 : t->head + 1, head);
    assert_string_equal(deprel_name(t->deprel), deprel_name(relation));
}

static void frees_subject_from_object(void **state) {
    (void)state;
    mend("1 Jordan PROPN 4 compound\n2 airdropped VERB 0 root\n3 food NOUN 4 compound\n4 parcels NOUN 2 obj\n5 . PUNCT 2 punct\n", "NNP VBD NN NNS .");
    expect(1, 2, DEPREL_nsubj);
    expect(3, 4, DEPREL_compound);
}

static void leaves_participle_before_noun(void **state) {
    (void)state;
    mend("1 Gulf PROPN 3 compound\n2 backed VERB 3 amod\n3 rebels NOUN 4 nsubj\n4 fled VERB 0 root\n5 . PUNCT 4 punct\n", "NNP VBN NNS VBD .");
    expect(1, 3, DEPREL_compound);
    expect(2, 3, DEPREL_amod);
    expect(4, 0, DEPREL_root);
}

static void finds_finite_verb_among_adjectives(void **state) {
    (void)state;
    mend("1 The DET 4 det\n2 Union PROPN 4 compound\n3 lifted VERB 4 amod\n4 sanctions NOUN 0 root\n5 on ADP 6 case\n6 Chad PROPN 4 nmod\n7 . PUNCT 4 punct\n",
         "DT NNP VBN NNS IN NNP .");
    expect(3, 0, DEPREL_root);
    expect(2, 3, DEPREL_nsubj);
    expect(1, 2, DEPREL_det);
    expect(4, 3, DEPREL_obj);
    expect(6, 4, DEPREL_nmod);
    mend("1 Union PROPN 3 compound\n2 lifted VERB 3 amod\n3 sanctions NOUN 0 root\n", "NNP VBN NNS"); /* a heading has no stop */
    expect(3, 0, DEPREL_root);
}

static void takes_that_clause_from_day(void **state) {
    (void)state;
    mend("1 He PRON 2 nsubj\n2 said VERB 0 root\n3 on ADP 4 case\n4 Monday PROPN 2 obl\n5 that SCONJ 7 mark\n6 Chad PROPN 7 nsubj\n7 lied VERB 4 acl:relcl\n",
         "PRP VBD IN NNP IN NNP VBD");
    expect(7, 2, DEPREL_ccomp);
    mend("1 He PRON 2 nsubj\n2 left VERB 0 root\n3 the DET 4 det\n4 town NOUN 2 obj\n5 that SCONJ 7 mark\n6 Chad PROPN 7 nsubj\n7 shelled VERB 4 acl:relcl\n",
         "PRP VBD DT NN IN NNP VBD");
    expect(7, 4, DEPREL_acl_relcl);
}

static void gives_lent_subject_back(void **state) {
    (void)state;
    mend("1 Brazil PROPN 8 nsubj\n2 wants VERB 8 ccomp\n3 a DET 4 det\n4 deal NOUN 2 obj\n5 , PUNCT 2 punct\n6 a DET 7 det\n7 minister NOUN 8 nsubj\n8 said VERB 0 root\n",
         "NNP VBZ DT NN , DT NN VBD");
    expect(1, 2, DEPREL_nsubj);
    expect(7, 8, DEPREL_nsubj);
}

static void parts_second_clause(void **state) {
    (void)state;
    mend("1 He PRON 2 nsubj\n2 met VERB 0 root\n3 police NOUN 2 obj\n4 and CCONJ 5 cc\n5 troops NOUN 3 conj\n6 fired VERB 2 conj\n", "PRP VBD NNS CC NNS VBD");
    expect(5, 6, DEPREL_nsubj);
    expect(4, 6, DEPREL_cc);
    mend("1 He PRON 2 nsubj\n2 met VERB 0 root\n3 police NOUN 2 obj\n4 and CCONJ 5 cc\n5 troops NOUN 3 conj\n6 and CCONJ 7 cc\n7 left VERB 2 conj\n",
         "PRP VBD NNS CC NNS CC VBD");
    expect(5, 3, DEPREL_conj);
}

static void mends_tags_by_spelling(void **state) {
    (void)state;
    mend("1 The DET 2 det\n2 senate PROPN 5 nsubj\n3 and CCONJ 5 cc\n4 the DET 5 det\n5 Houthis PRON 2 conj\n", "DT NNP CC DT DT");
    assert_int_equal(p.r.tokens.items[1].upos, UPOS_NOUN);
    assert_int_equal(p.r.tokens.items[4].upos, UPOS_PROPN);
    mend("1 where ADV 3 advmod\n2 iran PROPN 3 nsubj\n3 lies VERB 0 root\n", "WRB NNP VBZ"); /* who writes no capitals has small names */
    assert_int_equal(p.r.tokens.items[1].upos, UPOS_PROPN);
}

static void finds_verb_behind_is(void **state) {
    (void)state;
    mend("1 Chad PROPN 4 nsubj\n2 is AUX 4 cop\n3 massing VERB 4 amod\n4 tanks NOUN 0 root\n5 near ADP 6 case\n6 Gao PROPN 4 nmod\n", "NNP VBZ VBG NNS IN NNP");
    expect(3, 0, DEPREL_root);
    expect(1, 3, DEPREL_nsubj);
    expect(2, 3, DEPREL_aux);
    expect(4, 3, DEPREL_obj);
    expect(6, 3, DEPREL_obl);
    mend("1 This PRON 4 nsubj\n2 is AUX 4 cop\n3 breaking VERB 4 amod\n4 news NOUN 0 root\n", "DT VBZ VBG NN");
    expect(4, 0, DEPREL_root);
}

static void finds_verb_among_nouns(void **state) {
    (void)state;
    mend("1 Chad PROPN 3 compound\n2 set NOUN 0 root\n3 conditions NOUN 2 obj\n4 on ADP 5 case\n5 Mali PROPN 3 nmod\n", "NNP NN NNS IN NNP");
    assert_int_equal(p.r.tokens.items[1].upos, UPOS_VERB);
    expect(1, 2, DEPREL_nsubj);
    mend("1 miners NOUN 3 nsubj\n2 downed VERB 3 amod\n3 tools NOUN 0 root\n4 and CCONJ 5 cc\n5 left VERB 3 conj\n", "NNS VBN NNS CC VBD");
    expect(2, 0, DEPREL_root);
    expect(1, 2, DEPREL_nsubj);
    expect(3, 2, DEPREL_obj);
    expect(5, 2, DEPREL_conj);
}

static void finds_noun_before_second_verb(void **state) {
    (void)state;
    mend("1 Street NOUN 2 nsubj\n2 protests VERB 0 root\n3 rocked VERB 2 xcomp\n4 Mali PROPN 3 obj\n", "NN VBZ VBN NNP");
    expect(3, 0, DEPREL_root);
    expect(2, 3, DEPREL_nsubj);
    expect(1, 2, DEPREL_compound);
    mend("1 Chad PROPN 2 nsubj\n2 says VERB 0 root\n3 Mali PROPN 4 nsubj\n4 fired VERB 2 ccomp\n", "NNP VBZ NNP VBD");
    expect(2, 0, DEPREL_root);
}

static void parts_clauses(void **state) {
    (void)state;
    mend("1 Mali PROPN 2 nsubj\n2 left VERB 0 root\n3 after ADP 4 case\n4 Niger PROPN 2 obl\n5 joined VERB 2 advcl\n6 Chad PROPN 5 obj\n", "NNP VBD IN NNP VBD NNP");
    expect(4, 5, DEPREL_nsubj);
    expect(3, 5, DEPREL_mark);
    mend("1 Chad PROPN 5 nsubj\n2 protested VERB 1 acl\n3 ; PUNCT 5 punct\n4 Niger PROPN 5 nsubj\n5 paid VERB 0 root\n", "NNP VBN : NNP VBD");
    expect(2, 0, DEPREL_root);
    expect(1, 2, DEPREL_nsubj);
    expect(4, 5, DEPREL_nsubj);
    expect(5, 2, DEPREL_parataxis);
}

static void finds_objects(void **state) {
    (void)state;
    mend("1 He PRON 2 nsubj\n2 called VERB 0 root\n3 off ADP 2 compound:prt\n4 its PRON 5 nmod:poss\n5 talks NOUN 2 obl\n", "PRP VBD RP PRP$ NNS");
    expect(5, 2, DEPREL_obj);
    mend("1 He PRON 2 nsubj\n2 called VERB 0 root\n3 off ADP 2 compound:prt\n4 on ADP 5 case\n5 foot NOUN 2 obl\n", "PRP VBD RP IN NN");
    expect(5, 2, DEPREL_obl);
    mend("1 He PRON 2 nsubj\n2 asked VERB 0 root\n3 Chad PROPN 2 iobj\n4 to ADP 5 case\n5 intervene NOUN 3 nmod\n", "PRP VBD NNP IN NN");
    expect(3, 2, DEPREL_obj);
    expect(5, 2, DEPREL_xcomp);
    mend("1 He PRON 2 nsubj\n2 has AUX 3 aux\n3 sent VERB 0 root\n4 troops NOUN 2 obj\n", "PRP VBZ VBN NNS");
    expect(4, 3, DEPREL_obj);
}

static void joins_torn_phrases(void **state) {
    (void)state;
    mend("1 Talks NOUN 0 root\n2 between ADP 3 case\n3 Fiji PROPN 1 nmod\n4 and CCONJ 6 cc\n5 rebels NOUN 6 nsubj\n6 failed VERB 1 conj\n", "NNS IN NNP CC NNS VBD");
    expect(6, 0, DEPREL_root);
    expect(1, 6, DEPREL_nsubj);
    expect(5, 3, DEPREL_conj);
    mend("1 Talks NOUN 0 root\n2 on ADP 3 case\n3 Fiji PROPN 1 nmod\n4 and CCONJ 6 cc\n5 rebels NOUN 6 nsubj\n6 failed VERB 1 conj\n", "NNS IN NNP CC NNS VBD");
    expect(6, 1, DEPREL_conj); /* only "between" takes two */
    mend("1 Under ADP 3 case\n2 Thai ADJ 3 amod\n3 fire NOUN 5 compound\n4 , PUNCT 3 punct\n5 men NOUN 6 nsubj\n6 fled VERB 0 root\n", "IN JJ NN , NNS VBD");
    expect(3, 6, DEPREL_obl);
    mend("1 Raiding VERB 6 csubj\n2 a DET 3 det\n3 farm NOUN 1 obj\n4 , PUNCT 5 punct\n5 men NOUN 3 conj\n6 left VERB 0 root\n", "VBG DT NN , NNS VBD");
    expect(5, 6, DEPREL_nsubj);
    expect(1, 6, DEPREL_advcl);
}

static void gives_objects_to_their_verb(void **state) {
    (void)state;
    mend("1 Nurses NOUN 2 nsubj\n2 treated VERB 0 root\n3 wounded VERB 2 xcomp\n4 men NOUN 3 obj\n", "NNS VBD VBN NNS");
    expect(4, 2, DEPREL_obj);
    expect(3, 4, DEPREL_amod);
    mend("1 Chad PROPN 3 nsubj:pass\n2 was AUX 3 aux:pass\n3 given VERB 0 root\n4 boats NOUN 3 xcomp\n", "NNP VBD VBN NNS");
    expect(4, 3, DEPREL_obj);
    mend("1 Lee PROPN 3 nsubj:pass\n2 was AUX 3 aux:pass\n3 elected VERB 0 root\n4 mayor NOUN 3 xcomp\n", "NNP VBD VBN NN");
    expect(4, 3, DEPREL_xcomp); /* one may well be a mayor */
    mend("1 Men NOUN 2 nsubj\n2 fought VERB 0 root\n3 over ADP 5 case\n4 a DET 5 det\n5 farm NOUN 2 obj\n", "NNS VBD IN DT NN");
    expect(5, 2, DEPREL_obl);
}

static void takes_recipient_from_compound(void **state) {
    (void)state;
    mend("1 Chad PROPN 2 nsubj\n2 gave VERB 0 root\n3 the DET 4 det\n4 envoy NOUN 6 compound\n5 two NUM 6 nummod\n6 days NOUN 2 obj\n7 . PUNCT 2 punct\n",
         "NNP VBD DT NN CD NNS .");
    expect(4, 2, DEPREL_iobj);
    expect(6, 2, DEPREL_obj);
    mend("1 Chad PROPN 2 nsubj\n2 gave VERB 0 root\n3 the DET 5 det\n4 army NOUN 5 compound\n5 days NOUN 2 obj\n6 . PUNCT 2 punct\n", "NNP VBD DT NN NNS .");
    expect(4, 5, DEPREL_compound);
}

static void takes_subject_from_object(void **state) {
    (void)state;
    mend("1 Premiers NOUN 3 nsubj\n2 thanked VERB 0 root\n3 Qatar PROPN 2 obl LOC\n4 for ADP 5 case\n5 fuel NOUN 2 obl\n6 . PUNCT 2 punct\n", "NNS VBD NNP IN NN .");
    expect(1, 2, DEPREL_nsubj);
    expect(3, 2, DEPREL_obj);
    mend("1 Premiers NOUN 2 nsubj\n2 left VERB 0 root\n3 Monday PROPN 2 obl\n4 . PUNCT 2 punct\n", "NNS VBD NNP ."); /* a day */
    expect(3, 2, DEPREL_obl);
}

static void finds_what_ceases(void **state) {
    (void)state;
    mend("1 Peru PROPN 2 nsubj\n2 ceased VERB 0 root\n3 importing VERB 4 amod\n4 meat NOUN 2 obj\n5 . PUNCT 2 punct\n", "NNP VBD VBG NN .");
    expect(3, 2, DEPREL_xcomp);
    expect(4, 3, DEPREL_obj);
    mend("1 Peru PROPN 2 nsubj\n2 sold VERB 0 root\n3 rotting VERB 4 amod\n4 meat NOUN 2 obj\n5 . PUNCT 2 punct\n", "NNP VBD VBG NN .");
    expect(3, 4, DEPREL_amod);
}

static void makes_verb_of_perfect_adjective(void **state) {
    (void)state;
    mend("1 Iran PROPN 3 nsubj\n2 has AUX 3 aux\n3 armed ADJ 0 root\n4 militias NOUN 3 obj\n5 . PUNCT 3 punct\n", "NNP VBZ JJ NNS .");
    assert_int_equal(p.r.tokens.items[2].upos, UPOS_VERB);
    assert_int_equal(p.r.tokens.items[2].xpos, XPOS_VBN);
}

static void finds_finite_verb_behind_its_subject(void **state) {
    (void)state;
    mend("1 Two NUM 2 nummod\n2 brigades NOUN 0 root\n3 of ADP 5 case\n4 the DET 5 det\n5 army NOUN 2 nmod\n6 revolted VERB 5 acl\n7 . PUNCT 2 punct\n",
         "CD NNS IN DT NN VBN .");
    expect(6, 0, DEPREL_root);
    expect(2, 6, DEPREL_nsubj);
    mend("1 Women NOUN 0 root\n2 waved ADJ 1 amod\n3 flags NOUN 1 appos\n4 . PUNCT 1 punct\n", "NNS JJ NNS .");
    expect(2, 0, DEPREL_root);
    expect(1, 2, DEPREL_nsubj);
    expect(3, 2, DEPREL_obj);
}

static void gives_each_its_role(void **state) {
    (void)state;
    mend("1 Shops NOUN 2 nsubj\n2 charged VERB 0 root\n3 ministers NOUN 2 obj\n4 nine NUM 5 nummod\n5 euros NOUN 2 obj\n6 . PUNCT 2 punct\n", "NNS VBD NNS CD NNS .");
    expect(3, 2, DEPREL_iobj);
    mend("1 It PRON 2 nsubj\n2 said VERB 0 root\n3 troops NOUN 4 nsubj\n4 had VERB 2 ccomp\n5 massacred VERB 2 ccomp\n6 farmers NOUN 5 obj\n7 . PUNCT 2 punct\n",
         "PRP VBD NNS VBD VBN NNS .");
    expect(4, 5, DEPREL_aux);
    expect(3, 5, DEPREL_nsubj);
    mend("1 It PRON 3 nsubj:pass\n2 was AUX 3 aux:pass\n3 hit VERB 0 root\n4 by ADP 6 case\n5 a DET 6 det\n6 drone VERB 3 xcomp\n7 . PUNCT 3 punct\n",
         "PRP VBD VBN IN DT VBN .");
    expect(6, 3, DEPREL_obl);
    mend("1 Plans NOUN 3 nsubj:pass\n2 are AUX 3 aux:pass\n3 flawed ADJ 0 root\n4 . PUNCT 3 punct\n", "NNS VBP JJ .");
    expect(1, 3, DEPREL_nsubj);
    expect(2, 3, DEPREL_cop);
    mend("1 They PRON 2 nsubj\n2 let VERB 0 root\n3 nuns NOUN 4 nsubj\n4 go VERB 2 xcomp\n5 . PUNCT 2 punct\n", "PRP VBD NNS VB .");
    expect(3, 2, DEPREL_obj);
}

static void gives_subjects_to_their_verb(void **state) {
    (void)state;
    mend("1 It PRON 3 nsubj:pass\n2 was AUX 3 aux:pass\n3 rejected VERB 6 ccomp\n4 , PUNCT 3 punct\n5 envoys NOUN 3 nsubj:pass\n6 said VERB 0 root\n7 . PUNCT 6 punct\n",
         "PRP VBD VBN , NNS VBD .");
    expect(1, 3, DEPREL_nsubj_pass);
    expect(5, 6, DEPREL_nsubj);
    mend("1 Deploying VERB 2 amod\n2 ships NOUN 5 nsubj\n3 , PUNCT 2 punct\n4 India PROPN 5 nsubj\n5 spoke VERB 0 root\n6 . PUNCT 5 punct\n", "VBG NNS , NNP VBD .");
    expect(1, 5, DEPREL_advcl);
    expect(2, 1, DEPREL_obj);
    mend("1 Iraqi ADJ 2 amod\n2 guards VERB 0 root\n3 tortured VERB 2 amod\n4 prisoners NOUN 2 obj\n5 . PUNCT 2 punct\n", "JJ VBZ VBN NNS .");
    expect(3, 0, DEPREL_root);
    expect(2, 3, DEPREL_nsubj);
    expect(4, 3, DEPREL_obj);
    mend("1 It PRON 2 nsubj\n2 broke VERB 0 root\n3 pacts NOUN 2 obj\n4 that SCONJ 6 mark\n5 states NOUN 2 nsubj\n6 signed VERB 5 acl\n7 . PUNCT 2 punct\n",
         "PRP VBD NNS IN NNS VBN .");
    expect(5, 6, DEPREL_nsubj);
    expect(6, 3, DEPREL_acl_relcl);
}

static void reads_what_is_wanted(void **state) {
    (void)state;
    mend("1 They PRON 2 nsubj\n2 promised VERB 0 root\n3 to PART 4 mark\n4 leave VERB 2 advcl\n5 . PUNCT 2 punct\n", "PRP VBD TO VB .");
    expect(4, 2, DEPREL_xcomp);
    mend("1 They PRON 2 nsubj\n2 came VERB 0 root\n3 to PART 4 mark\n4 help VERB 2 advcl\n5 . PUNCT 2 punct\n", "PRP VBD TO VB .");
    expect(4, 2, DEPREL_advcl); /* why they came */
    mend("1 It PRON 2 nsubj\n2 called VERB 0 root\n3 for ADP 6 mark\n4 aid NOUN 2 obl\n5 to PART 6 mark\n6 flow VERB 2 xcomp\n7 . PUNCT 2 punct\n", "PRP VBD IN NN TO VB .");
    expect(4, 6, DEPREL_nsubj);
}

static void finds_present_behind_name(void **state) {
    (void)state;
    mend("1 Turkey PROPN 2 compound LOC\n2 backs NOUN 4 compound\n3 the DET 4 det\n4 bid NOUN 0 root\n5 . PUNCT 4 punct\n", "NNP NNS DT NN .");
    expect(2, 0, DEPREL_root);
    expect(1, 2, DEPREL_nsubj);
    expect(4, 2, DEPREL_obj);
    mend("1 Iran PROPN 2 compound LOC\n2 talks NOUN 0 root\n3 in ADP 4 case\n4 Oman PROPN 2 nmod LOC\n5 . PUNCT 2 punct\n", "NNP NNS IN NNP .");
    expect(2, 0, DEPREL_root);
    expect(1, 2, DEPREL_compound); /* a heading */
}

static void hangs_phrases_where_they_belong(void **state) {
    (void)state;
    mend("1 It PRON 2 nsubj\n2 ended VERB 0 root\n3 the DET 4 det\n4 arms NOUN 2 obj\n5 embargo ADV 2 advmod\n6 . PUNCT 2 punct\n", "PRP VBD DT NNS RB .");
    expect(5, 2, DEPREL_obj);
    expect(4, 5, DEPREL_compound);
    mend("1 It PRON 2 nsubj\n2 deported VERB 0 root\n3 migrants NOUN 2 obj\n4 from ADP 5 case\n5 Togo PROPN 2 obl\n6 . PUNCT 2 punct\n", "PRP VBD NNS IN NNP .");
    expect(5, 3, DEPREL_nmod);
    mend("1 It PRON 2 nsubj\n2 withdrew VERB 0 root\n3 troops NOUN 2 obj\n4 from ADP 5 case\n5 Togo PROPN 2 obl\n6 . PUNCT 2 punct\n", "PRP VBD NNS IN NNP .");
    expect(5, 2, DEPREL_obl); /* from where, not whose */
    mend("1 It PRON 2 nsubj\n2 delays VERB 0 root\n3 duties NOUN 2 obj\n4 under ADP 5 case\n5 pacts NOUN 2 obl\n6 . PUNCT 2 punct\n", "PRP VBZ NNS IN NNS .");
    expect(5, 3, DEPREL_nmod);
    mend("1 It PRON 2 nsubj\n2 accused VERB 0 root\n3 Togo PROPN 2 obj\n4 of ADP 6 case\n5 bombing VERB 2 advcl\n6 troops NOUN 5 obj\n7 . PUNCT 2 punct\n",
         "PRP VBD NNP IN VBG NNS .");
    expect(4, 5, DEPREL_mark);
    mend("1 It PRON 2 nsubj\n2 jailed VERB 0 root\n3 men NOUN 2 obj\n4 for ADP 6 case\n5 two NUM 6 nummod\n6 years NOUN 2 obl\n7 for SCONJ 8 mark\n8 helping VERB 6 acl\n"
         "9 rebels NOUN 8 obj\n10 . PUNCT 2 punct\n", "PRP VBD NNS IN CD NNS IN VBG NNS .");
    expect(8, 2, DEPREL_advcl);
}

static void tells_the_killed_from_killers(void **state) {
    (void)state;
    mend("1 There PRON 2 expl\n2 were VERB 0 root\n3 soldiers NOUN 4 nsubj\n4 killed VERB 2 advcl\n5 . PUNCT 2 punct\n", "EX VBD NNS VBN .");
    expect(3, 2, DEPREL_nsubj);
    expect(4, 3, DEPREL_acl);
    mend("1 Gunmen NOUN 2 compound\n2 shot VERB 0 root\n3 and CCONJ 4 cc\n4 wounded VERB 2 conj\n5 him PRON 4 obj\n6 . PUNCT 2 punct\n", "NNS NN CC VBD PRP .");
    expect(1, 2, DEPREL_nsubj);
    assert_int_equal(p.r.tokens.items[1].xpos, XPOS_VBD);
}

static void finds_clauses(void **state) {
    (void)state;
    mend("1 Judges NOUN 3 nsubj\n2 , PUNCT 3 punct\n3 accused VERB 0 root\n4 of ADP 5 case\n5 theft NOUN 3 obl\n6 , PUNCT 3 punct\n7 left VERB 3 conj\n8 Chad PROPN 7 obj\n9 . PUNCT 3 punct\n",
         "NNS , VBD IN NN , VBN NNP .");
    expect(7, 0, DEPREL_root);
    expect(1, 7, DEPREL_nsubj);
    expect(3, 1, DEPREL_acl);
    expect(9, 7, DEPREL_punct);
    mend("1 Judges NOUN 3 nsubj\n2 , PUNCT 3 punct\n3 freed VERB 0 root\n4 him PRON 3 obj\n5 , PUNCT 3 punct\n6 left VERB 3 conj\n7 . PUNCT 3 punct\n", "NNS , VBD PRP , VBD .");
    expect(3, 0, DEPREL_root); /* with an object it is active, and no judge is freed */
    mend("1 Troops NOUN 7 nsubj\n2 withdrew VERB 1 acl\n3 Monday PROPN 2 obl\n4 , PUNCT 7 punct\n5 a DET 6 det\n6 reporter NOUN 7 nsubj\n7 said VERB 0 root\n8 . PUNCT 7 punct\n",
         "NNS VBD NNP , DT NN VBD .");
    expect(2, 7, DEPREL_ccomp);
    expect(1, 2, DEPREL_nsubj);
    mend("1 They PRON 2 nsubj\n2 left VERB 0 root\n3 after ADP 4 case\n4 rebels NOUN 2 obl\n5 kidnapped VERB 4 acl\n6 nurses NOUN 5 obj\n7 . PUNCT 2 punct\n", "PRP VBD IN NNS VBD NNS .");
    expect(5, 2, DEPREL_advcl);
    expect(4, 5, DEPREL_nsubj);
    expect(3, 5, DEPREL_mark);
    mend("1 The DET 2 det\n2 army NOUN 3 nsubj\n3 said VERB 0 root\n4 it PRON 3 iobj\n5 struck VERB 6 amod\n6 positions NOUN 3 obj\n7 . PUNCT 3 punct\n", "DT NN VBD PRP VBD NNS .");
    expect(5, 3, DEPREL_ccomp);
    expect(4, 5, DEPREL_nsubj);
    expect(6, 5, DEPREL_obj);
    mend("1 Rebels NOUN 2 nsubj\n2 swore ADJ 0 root\n3 to PART 4 mark\n4 avenge VERB 2 xcomp\n5 him PRON 4 obj\n6 . PUNCT 2 punct\n", "NNS JJ TO VB PRP .");
    assert_int_equal(p.r.tokens.items[1].upos, UPOS_VERB);
    mend("1 Freeing VERB 3 case\n2 the DET 3 det\n3 crew NOUN 6 obl\n4 , PUNCT 3 punct\n5 pirates NOUN 6 nsubj\n6 fled VERB 0 root\n7 . PUNCT 6 punct\n", "VBG DT NN , NNS VBD .");
    expect(1, 6, DEPREL_advcl);
    expect(3, 1, DEPREL_obj);
    mend("1 Following VERB 3 case\n2 the DET 3 det\n3 vote NOUN 6 obl\n4 , PUNCT 3 punct\n5 pirates NOUN 6 nsubj\n6 fled VERB 0 root\n7 . PUNCT 6 punct\n", "VBG DT NN , NNS VBD .");
    expect(1, 3, DEPREL_case);
}

static void parts_agents_from_objects(void **state) {
    (void)state;
    mend("1 Police NOUN 3 nsubj:pass\n2 are AUX 3 aux:pass\n3 accused VERB 0 root\n4 by ADP 5 case\n5 groups NOUN 3 obl:agent\n6 of ADP 8 case\n7 torturing VERB 5 acl\n8 students NOUN 5 nmod\n9 . PUNCT 3 punct\n",
         "NNS VBP VBN IN NNS IN VBG NNS .");
    expect(7, 3, DEPREL_advcl);
    expect(8, 7, DEPREL_obj);
    expect(6, 7, DEPREL_mark);
    mend("1 He PRON 2 nsubj\n2 spoke VERB 0 root\n3 by ADP 4 case\n4 telephone NOUN 2 obl:agent\n5 with ADP 6 case\n6 Mali PROPN 4 nmod\n7 . PUNCT 2 punct\n", "PRP VBD IN NN IN NNP .");
    expect(4, 2, DEPREL_obl);
    expect(6, 2, DEPREL_obl);
    mend("1 Mali PROPN 2 nsubj\n2 dropped VERB 0 root\n3 its PRON 4 nmod:poss\n4 plan NOUN 2 obj\n5 to PART 6 mark\n6 invade VERB 2 advcl\n7 Chad PROPN 6 obj\n8 . PUNCT 2 punct\n", "NNP VBD PRP$ NN TO VB NNP .");
    expect(6, 4, DEPREL_acl);
    mend("1 Mali PROPN 2 nsubj\n2 sent VERB 0 root\n3 its PRON 4 nmod:poss\n4 army NOUN 2 obj\n5 to PART 6 mark\n6 invade VERB 2 advcl\n7 Chad PROPN 6 obj\n8 . PUNCT 2 punct\n", "NNP VBD PRP$ NN TO VB NNP .");
    expect(6, 2, DEPREL_advcl);
    mend("1 Shops NOUN 2 nsubj\n2 closed VERB 0 root\n3 for ADP 5 case\n4 a DET 5 det\n5 day NOUN 2 obl\n6 in ADP 7 case\n7 protest NOUN 5 nmod\n8 . PUNCT 2 punct\n", "NNS VBD IN DT NN IN NN .");
    expect(7, 2, DEPREL_obl);
    mend("1 Libya PROPN 2 nsubj\n2 pushed VERB 0 root\n3 back ADV 4 advmod\n4 migrants NOUN 2 obj\n5 . PUNCT 2 punct\n", "NNP VBD RB NNS .");
    expect(3, 2, DEPREL_compound_prt);
    mend("1 The DET 3 det\n2 Ontario PROPN 3 compound\n3 premier ADJ 4 nsubj\n4 resigned VERB 0 root\n5 . PUNCT 4 punct\n", "DT NNP JJ VBD .");
    assert_int_equal(p.r.tokens.items[2].upos, UPOS_NOUN);
    mend("1 Mali PROPN 2 nsubj\n2 declared VERB 0 root\n3 the DET 5 det\n4 envoy NOUN 5 compound\n5 persona NOUN 2 obj\n6 . PUNCT 2 punct\n", "NNP VBD DT NN NN .");
    expect(4, 2, DEPREL_obj);
    expect(3, 4, DEPREL_det);
    expect(5, 2, DEPREL_xcomp);
    mend("1 a DET 2 det\n2 charge NOUN 0 root\n3 that PRON 5 obj\n4 Doha PROPN 5 nsubj\n5 denied VERB 2 acl\n", "DT NN WDT NNP VBD");
    expect(5, 2, DEPREL_acl_relcl);
    mend("1 They PRON 2 nsubj\n2 began VERB 0 root\n3 funding NOUN 2 obj\n4 and CCONJ 5 cc\n5 arming VERB 3 conj\n6 rebels NOUN 3 conj\n7 . PUNCT 2 punct\n", "PRP VBD NN CC VBG NNS .");
    expect(3, 2, DEPREL_xcomp);
    expect(6, 3, DEPREL_obj);
}

static void reads_what_is_told(void **state) {
    (void)state;
    mend("1 He PRON 2 nsubj\n2 told VERB 0 root\n3 the DET 4 det\n4 court NOUN 8 nsubj:pass\n5 his PRON 6 nmod:poss\n6 client NOUN 8 nsubj:pass\n7 was AUX 8 aux:pass\n8 beaten VERB 2 ccomp\n9 . PUNCT 2 punct\n",
         "PRP VBD DT NN PRP$ NN VBD VBN .");
    expect(4, 2, DEPREL_iobj);
    expect(6, 8, DEPREL_nsubj_pass);
    mend("1 He PRON 2 nsubj\n2 told VERB 0 root\n3 reporters NOUN 2 iobj\n4 men NOUN 6 nsubj:pass\n5 were AUX 6 aux:pass\n6 beaten VERB 3 acl:relcl\n7 . PUNCT 2 punct\n", "PRP VBD NNS NNS VBD VBN .");
    expect(6, 2, DEPREL_ccomp);
    mend("1 He PRON 2 nsubj\n2 told VERB 0 root\n3 men NOUN 2 iobj\n4 who PRON 6 nsubj:pass\n5 were AUX 6 aux:pass\n6 beaten VERB 3 acl:relcl\n7 to PART 8 mark\n8 leave VERB 2 xcomp\n9 . PUNCT 2 punct\n", "PRP VBD NNS WP VBD VBN TO VB .");
    expect(6, 3, DEPREL_acl_relcl);
}

static void opens_clauses_behind_names(void **state) {
    (void)state;
    mend("1 It PRON 2 nsubj\n2 fell VERB 0 root\n3 after ADP 7 case\n4 Ana PROPN 7 compound\n5 Silva PROPN 4 flat\n6 rejected VERB 7 amod\n7 talks NOUN 2 obl\n8 . PUNCT 2 punct\n", "PRP VBD IN NNP NNP VBN NNS .");
    expect(6, 7, DEPREL_amod); /* no name, for all that is known */
    parsed_read(&p, "1 It PRON 2 nsubj\n2 fell VERB 0 root\n3 after ADP 7 case\n4 Ana PROPN 7 compound\n5 Silva PROPN 4 flat\n6 rejected VERB 7 amod\n7 talks NOUN 2 obl\n8 . PUNCT 2 punct\n", 0);
    p.r.tokens.items[3].name = p.r.tokens.items[4].name = NAME_PER;
    p.r.tokens.items[5].xpos = XPOS_VBN;
    mend_sentence(&(mending){&tables, &irregular, &p.r, &p.r.sentences.items[0]});
    expect(6, 2, DEPREL_advcl);
    expect(4, 6, DEPREL_nsubj);
    expect(3, 6, DEPREL_mark);
    expect(7, 6, DEPREL_obj);
    mend("1 It PRON 2 nsubj\n2 fell VERB 0 root\n3 after ADP 6 case\n4 Mali PROPN 5 nsubj\n5 fought VERB 2 advcl\n6 crime NOUN 5 obl\n7 . PUNCT 2 punct\n", "PRP VBD IN NNP VBD NN .");
    expect(3, 5, DEPREL_mark);
    expect(6, 5, DEPREL_obj);
    mend("1 The DET 3 det\n2 arrest NOUN 3 compound\n3 comes NOUN 6 nsubj\n4 after ADP 5 case\n5 Silva PROPN 3 nmod\n6 spoke VERB 0 root\n7 . PUNCT 6 punct\n", "DT NN NNS IN NNP VBD .");
    expect(3, 0, DEPREL_root);
    expect(2, 3, DEPREL_nsubj);
    expect(1, 2, DEPREL_det);
    expect(6, 3, DEPREL_advcl);
    expect(5, 6, DEPREL_nsubj);
    expect(4, 6, DEPREL_mark);
}

static void reads_outcomes_and_prepositions(void **state) {
    (void)state;
    mend("1 Police NOUN 2 nsubj\n2 shot VERB 0 root\n3 dead ADJ 5 amod\n4 two NUM 5 nummod\n5 men NOUN 2 obj\n6 . PUNCT 2 punct\n", "NNS VBP JJ CD NNS .");
    expect(3, 2, DEPREL_xcomp);
    assert_int_equal(p.r.tokens.items[1].xpos, XPOS_VBD);
    mend("1 Police NOUN 2 nsubj\n2 shot VERB 0 root\n3 old ADJ 4 amod\n4 men NOUN 2 obj\n5 . PUNCT 2 punct\n", "NNS VBD JJ NNS .");
    expect(3, 4, DEPREL_amod);
    mend("1 He PRON 2 nsubj\n2 fled VERB 0 root\n3 following VERB 2 advcl\n4 a DET 5 det\n5 raid NOUN 3 obj\n6 in ADP 8 case\n7 the DET 8 det\n8 hills NOUN 3 obl\n9 . PUNCT 2 punct\n", "PRP VBD VBG DT NN IN DT NNS .");
    expect(5, 2, DEPREL_obl);
    expect(3, 5, DEPREL_case);
    expect(8, 5, DEPREL_nmod);
    mend("1 Mali PROPN 2 nsubj\n2 hailed VERB 0 root\n3 the DET 4 det\n4 readiness NOUN 2 obj\n5 of ADP 6 case\n6 Togo PROPN 4 nmod\n7 to PART 8 mark\n8 help VERB 2 advcl\n9 . PUNCT 2 punct\n", "NNP VBD DT NN IN NNP TO VB .");
    expect(8, 4, DEPREL_acl);
}

int main(void) {
    parsed_open(&p, getenv("DRAGOMAN_DATA"));
    if (mend_open(&tables, &p.known, NULL) != DRG_OK || irregular_open(&irregular, &p.known, NULL) != DRG_OK) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frees_subject_from_object), cmocka_unit_test(leaves_participle_before_noun),
        cmocka_unit_test(finds_finite_verb_among_adjectives), cmocka_unit_test(takes_that_clause_from_day),
        cmocka_unit_test(gives_lent_subject_back), cmocka_unit_test(parts_second_clause), cmocka_unit_test(mends_tags_by_spelling),
        cmocka_unit_test(finds_verb_behind_is), cmocka_unit_test(finds_verb_among_nouns), cmocka_unit_test(finds_noun_before_second_verb),
        cmocka_unit_test(parts_clauses), cmocka_unit_test(finds_objects),
        cmocka_unit_test(takes_recipient_from_compound),
        cmocka_unit_test(takes_subject_from_object), cmocka_unit_test(gives_each_its_role), cmocka_unit_test(gives_subjects_to_their_verb),
        cmocka_unit_test(reads_what_is_wanted), cmocka_unit_test(finds_present_behind_name),
        cmocka_unit_test(hangs_phrases_where_they_belong), cmocka_unit_test(tells_the_killed_from_killers),
        cmocka_unit_test(finds_what_ceases),
        cmocka_unit_test(makes_verb_of_perfect_adjective),
        cmocka_unit_test(finds_finite_verb_behind_its_subject),
        cmocka_unit_test(joins_torn_phrases), cmocka_unit_test(gives_objects_to_their_verb),
        cmocka_unit_test(finds_clauses), cmocka_unit_test(parts_agents_from_objects),
        cmocka_unit_test(reads_what_is_told), cmocka_unit_test(opens_clauses_behind_names), cmocka_unit_test(reads_outcomes_and_prepositions),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    parsed_close(&p);
    return failed;
}
