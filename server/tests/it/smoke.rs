use crate::program::Program;

#[tokio::test]
async fn a_new_program_serves_its_board() {
    let program = Program::start(&[]).await;
    let answer = reqwest::get(program.url("/api/v1/freshness")).await.expect("it answers");
    assert_eq!(answer.status(), 200);
    program.stop().await;
}
