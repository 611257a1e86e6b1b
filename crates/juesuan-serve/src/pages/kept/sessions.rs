//! Browsers that are let in: since when, when they were used last, and the end of one or all others.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{Html, Redirect};
use juesuan_store::Session;
use serde::Deserialize;

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::moment;
use crate::page::{Frame, Room, filled};
use crate::posted::{Nothing, Posted};

/// The address of the page.
const HERE: &str = "/desk/sessions";

#[derive(Template)]
#[template(path = "kept/sessions.html")]
struct Page {
    frame: Frame,
    sessions: Vec<Session>,
    /// That of the browser which asks.
    own: String,
}

impl Page {
    fn when(&self, at: &i64) -> String {
        moment::shown(*at)
    }
}

/// The page.
pub async fn show(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    let sessions = desk.store.sessions(moment::now()).await?;
    filled(&Page { frame: Frame::new(Room::Desk, &visitor), sessions, own: visitor.session })
}

/// Which one is to end.
#[derive(Deserialize)]
pub struct Named {
    session: String,
}

/// Ends one. Whoever ends his own is let in again by the program only.
pub async fn end(State(desk): State<Arc<Desk>>, Posted(named): Posted<Named>) -> Result<Redirect, Fault> {
    desk.store.close_session(&desk.stamp().await?, &named.session).await?;
    Ok(Redirect::to(HERE))
}

/// Ends all but that of the browser which asks.
pub async fn end_others(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    _: Posted<Nothing>,
) -> Result<Redirect, Fault> {
    desk.store.close_other_sessions(&desk.stamp().await?, &visitor.session).await?;
    Ok(Redirect::to(HERE))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use juesuan_store::Stamp;

    use crate::moment;
    use crate::window::Window;

    #[tokio::test]
    async fn sessions_are_listed_ended_one_by_one_and_all_others_at_once_and_the_log_tells_it() {
        let window = Window::open().await;
        let (now, later) = (moment::now(), moment::now() + 60_000);
        for name in ["one", "two", "three"] {
            window.desk.store.open_session(&Stamp::new(now - 5_000, "李"), name, "csrf", later).await.unwrap();
        }
        window.desk.store.open_session(&Stamp::new(now - 9_000, "李"), "gone", "csrf", now - 1_000).await.unwrap();
        let page = window.get("/desk/sessions").await;
        page.says(&["这个窗口", "value=\"one\"", "value=\"three\""]);
        assert!(!page.text().contains("value=\"gone\""), "{}", page.text());
        assert_eq!(window.post("/desk/sessions/end", &[("session", "one")]).await.leads(), "/desk/sessions");
        assert!(!window.get("/desk/sessions").await.text().contains("value=\"one\""));
        window.post("/desk/sessions/others", &[]).await;
        let page = window.get("/desk/sessions").await;
        assert_eq!(page.text().matches("name=\"session\"").count(), 1, "{}", page.text());
        window.get("/desk/log").await.says(&["结束会话", "打开窗口"]);
        let own = page.text().split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        window.post("/desk/sessions/end", &[("session", &own)]).await;
        assert_eq!(window.get("/desk").await.status, StatusCode::UNAUTHORIZED, "who ends his own is out");
    }
}
