//! The engine: tables and views of an archive, one question at a time, read only, within bounds of memory.
//!
//! - `tables` what the catalogue says of a table, as the engine has it

mod tables;

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion::scalar::ScalarValue;
use datafusion::sql::parser::{DFParser, Statement};
use datafusion::sql::sqlparser::ast::Statement as SqlStatement;
use futures::StreamExt;
use juesuan_catalog::Catalog;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

use crate::archive::Archive;
use crate::error::Error;
use crate::fault::{Fault, Kind};
use crate::points;
use crate::store::PartStore;

/// Where the engine finds the parts.
const STORE: &str = "archive://parts/";
/// Bytes of a megabyte.
const MEGABYTE: usize = 1 << 20;
/// Stack of a thread that plans: views within views go deep, and a build without optimisation takes several times as much of it.
const STACK: usize = 16 * MEGABYTE;
/// Stretches of rows that wait for whoever reads them.
const WAITING: usize = 2;

/// What a question may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Memory for what has to be held at once, in MB; what can be is written to the disk beyond it.
    pub megabytes: usize,
    /// Threads.
    pub threads: NonZero<usize>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { megabytes: 2048, threads: thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN) }
    }
}

/// An archive that is asked.
pub struct Engine<'c> {
    /// Tables, views, words.
    pub catalog: &'c Catalog,
    /// The parts.
    pub archive: Archive,
    context: SessionContext,
    runtime: Runtime,
    limits: Limits,
}

/// Rows, a stretch at a time, in the order of the question.
pub struct Answer<'e> {
    /// Columns.
    pub schema: SchemaRef,
    rows: Box<dyn Iterator<Item = Result<RecordBatch, Error>> + 'e>,
}

impl<'e> Answer<'e> {
    /// Rows that are made elsewhere.
    pub fn of(schema: SchemaRef, rows: impl Iterator<Item = Result<RecordBatch, Error>> + 'e) -> Answer<'e> {
        Answer { schema, rows: Box::new(rows) }
    }
}

impl Iterator for Answer<'_> {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

impl<'c> Engine<'c> {
    /// Opens an archive with the tables and views of the catalogue.
    ///
    /// # Errors
    /// No archive, one that does not fit its manifest, or a view of the catalogue that the engine does not understand.
    pub fn open(folder: &Path, catalog: &'c Catalog, limits: Limits) -> Result<Engine<'c>, Error> {
        let archive = Archive::open(folder, &catalog.archive)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(limits.threads.get())
            .thread_stack_size(STACK)
            .enable_all()
            .build()?;
        let store = PartStore::new(&archive).map_err(|fault| Error::Engine(fault.into()))?;
        let context = context(&limits, store).map_err(Error::Engine)?;
        for table in &catalog.archive.tables {
            let provider = tables::provider(table, &catalog.archive.partitions, STORE).map_err(Error::Engine)?;
            context.register_table(table.name.as_str(), provider).map_err(Error::Engine)?;
        }
        let engine = Engine { catalog, archive, context, runtime, limits };
        let views = catalog.query.words.views.iter().map(|view| (view.name.as_str(), view.sql.clone()));
        for (name, sql) in views.chain(points::views(&catalog.query.ranking)) {
            let context = engine.context.clone();
            let made = engine.run(async move { context.sql(&sql).await.map(|frame| frame.into_view()) });
            let provider = made.map_err(|fault| engine.fault(fault))?;
            engine.context.register_table(name, provider).map_err(Error::Engine)?;
        }
        Ok(engine)
    }

    /// Lays a table beside those of the archive, for the questions that follow; one of the same name is replaced.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn lay(&self, name: &str, rows: RecordBatch) -> Result<(), Error> {
        self.context.deregister_table(name).map_err(Error::Engine)?;
        self.context.register_batch(name, rows).map(drop).map_err(Error::Engine)
    }

    /// Asks one question; `values` fill the names behind `$`.
    ///
    /// # Errors
    /// What is wrong with the question. What goes wrong later comes with the rows.
    pub fn ask(&self, sql: &str, values: Vec<(String, ScalarValue)>) -> Result<Answer<'static>, Error> {
        let statement = self.statement(sql)?;
        let context = self.context.clone();
        let stream = self.run(async move {
            let plan = context.state().statement_to_plan(statement).await?;
            let read_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
            read_only.verify_plan(&plan)?;
            let plan = plan.with_param_values(values)?;
            context.execute_logical_plan(plan).await?.execute_stream().await
        });
        let mut stream = stream.map_err(|fault| self.fault(fault))?;
        let schema = stream.schema();
        let (sender, mut receiver) = mpsc::channel(WAITING);
        let mut sent = Some(self.runtime.spawn(async move {
            while let Some(rows) = stream.next().await {
                if sender.send(rows).await.is_err() {
                    break;
                }
            }
        }));
        let (megabytes, names) = (self.limits.megabytes, self.tables());
        let handle = self.runtime.handle().clone();
        let rows = std::iter::from_fn(move || {
            // Where there is nothing more the task has ended: well, or in the middle of the rows.
            receiver.blocking_recv().or_else(|| match handle.block_on(sent.take()?) {
                Ok(()) => None,
                Err(fault) => Some(Err(DataFusionError::ExecutionJoin(Box::new(fault)))),
            })
        });
        Ok(Answer::of(schema, rows.map(move |rows| rows.map_err(|fault| told(fault, &names, megabytes)))))
    }

    /// The one statement of a text, if it only reads.
    fn statement(&self, sql: &str) -> Result<Statement, Error> {
        let refused = |kind| Error::Question(Box::new(Fault::whole(kind)));
        let mut statements = DFParser::parse_sql(sql).map_err(|fault| self.fault(fault))?;
        let statement = statements.pop_front().ok_or_else(|| refused(Kind::Nothing))?;
        if !statements.is_empty() {
            return Err(refused(Kind::Several));
        }
        if reads(&statement) { Ok(statement) } else { Err(refused(Kind::ReadOnly)) }
    }

    /// Carries out what the engine does on a thread whose stack is deep enough.
    fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, DataFusionError>> + Send + 'static,
    ) -> Result<T, DataFusionError> {
        match self.runtime.block_on(self.runtime.spawn(work)) {
            Ok(done) => done,
            Err(fault) => Err(DataFusionError::ExecutionJoin(Box::new(fault))),
        }
    }

    fn tables(&self) -> Vec<String> {
        let tables = self.catalog.archive.tables.iter().map(|table| table.name.clone());
        tables.chain(self.catalog.query.words.views.iter().map(|view| view.name.clone())).collect()
    }

    fn fault(&self, fault: DataFusionError) -> Error {
        told(fault, &self.tables(), self.limits.megabytes)
    }
}

fn context(limits: &Limits, store: PartStore) -> Result<SessionContext, DataFusionError> {
    let pool = FairSpillPool::new(limits.megabytes.saturating_mul(MEGABYTE));
    let runtime = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(pool)).build_arc()?;
    let config = SessionConfig::new()
        .with_target_partitions(limits.threads.get())
        .with_information_schema(true)
        // Numbers with a point are decimals: no money is computed with floats.
        .set_bool("datafusion.sql_parser.parse_float_as_decimal", true)
        .set_bool("datafusion.sql_parser.collect_spans", true)
        // Most questions look at few meanings: rows that a condition leaves out are not decoded.
        .set_bool("datafusion.execution.parquet.pushdown_filters", true);
    let context = SessionContext::new_with_config_rt(config, runtime);
    let url = ObjectStoreUrl::parse(STORE)?;
    context.register_object_store(url.as_ref(), Arc::new(store));
    Ok(context)
}

fn told(fault: DataFusionError, tables: &[String], megabytes: usize) -> Error {
    if let DataFusionError::ResourcesExhausted(_) = fault.find_root() {
        return Error::Memory { megabytes };
    }
    match Fault::of(&fault, tables) {
        Some(own) => Error::Question(Box::new(own)),
        None => Error::Engine(fault),
    }
}

/// True for statements that only read. Whatever is not known to read changes something; what they contain is looked at in the plan.
fn reads(statement: &Statement) -> bool {
    match statement {
        Statement::Explain(explained) => reads(&explained.statement),
        Statement::Statement(statement) => matches!(
            statement.as_ref(),
            SqlStatement::Query(_)
                | SqlStatement::ExplainTable { .. }
                | SqlStatement::ShowTables { .. }
                | SqlStatement::ShowColumns { .. }
        ),
        Statement::CreateExternalTable(_) | Statement::CopyTo(_) | Statement::Reset(_) => false,
    }
}
