//! stub
use crate::gazetteer::{DataError, Folder, Gazetteer};
use crate::model::{DateValue, DocumentDate, TokenSpan};
use crate::rules::{Page, Trial};
use crate::text::Vocabulary;
#[derive(Debug, Default)]
pub struct Dates;
#[derive(Default)]
pub struct DateScratch;
#[derive(Debug, Default)]
pub struct FoundDates {
    pub document: Option<DocumentDate>,
    pub dates: Vec<FoundDate>,
}
#[derive(Clone, Debug)]
pub struct FoundDate {
    pub tokens: TokenSpan,
    pub value: DateValue,
    pub rule: Box<str>,
    pub confidence: u8,
}
impl Dates {
    pub fn load(_: &[Folder], _: &Gazetteer, _: &mut Vocabulary) -> Result<Self, Vec<DataError>> {
        Ok(Self)
    }
    pub fn find(&self, _: &Page<'_>, _: &mut DateScratch) -> FoundDates {
        FoundDates::default()
    }
    pub fn trials(&self) -> &[Trial] {
        &[]
    }
}
