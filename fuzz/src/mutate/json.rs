//! Values of JSON: texts, numbers, members of lists and of objects.

use serde_json::Value;

use super::sentence;
use crate::random::Random;

/// One change; `None` for what is no JSON.
pub fn change(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut root: Value = serde_json::from_slice(bytes).ok()?;
    let chosen = random.below(count(&root));
    let value = nth(&mut root, chosen).ok()?;
    match value {
        Value::String(text) => *text = sentence::change(text, random),
        Value::Number(_) => *value = number(random),
        Value::Bool(is) => *is = !*is,
        Value::Null => *value = Value::String("，".to_owned()),
        Value::Array(list) => array(list, random),
        Value::Object(members) => {
            let key = random.of(&members.keys().cloned().collect::<Vec<_>>())?.clone();
            members.remove(&key);
        }
    }
    serde_json::to_vec(&root).ok()
}

fn number(random: &mut Random) -> Value {
    let edges = [0, -1, 1, 65535, 65536, 4_294_967_295, i64::MAX, i64::MIN, 92196];
    Value::from(random.of(&edges).copied().unwrap_or_default())
}

fn array(list: &mut Vec<Value>, random: &mut Random) {
    if list.is_empty() {
        return list.push(number(random));
    }
    let chosen = random.below(list.len());
    match random.below(3) {
        0 => drop(list.remove(chosen)),
        1 => {
            let other = random.below(list.len());
            list.swap(chosen, other);
        }
        _ => {
            let own = list[chosen].clone();
            list.extend(std::iter::repeat_n(own, random.times(5)));
        }
    }
}

/// Values in all, the root among them.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of this number, or how many are left to count behind it.
fn nth(value: &mut Value, number: usize) -> Result<&mut Value, usize> {
    if number == 0 {
        return Ok(value);
    }
    let mut left = number - 1;
    let inside: Vec<&mut Value> = match value {
        Value::Array(list) => list.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for one in inside {
        match nth(one, left) {
            Ok(found) => return Ok(found),
            Err(rest) => left = rest,
        }
    }
    Err(left)
}
